-- A tabular file has a line a supplier: its contracts are the distinct contents of these lines, so that no amount doubles.
CREATE TABLE raw.contents AS
SELECT source_row, hash(declared_uid, id, cpv, buyer_id, buyer_name, amount, notified_on, published_on, nature, object, procedure,
    duration_months, bids_received, type) AS content, declared_uid
FROM raw.holders;

CREATE TABLE raw.firsts AS SELECT declared_uid, content, min(source_row) AS first FROM raw.contents GROUP BY ALL;

INSERT INTO raw.contracts BY NAME
SELECT * EXCLUDE (supplier_id, supplier_id_type, supplier_name, type), '0' AS version, '1' AS part, 'csv' AS container, 'contract' AS kind,
    CASE WHEN type IS NOT NULL THEN json_object('type', type)::VARCHAR END AS extra
FROM raw.holders WHERE source_row IN (SELECT first FROM raw.firsts);

INSERT INTO raw.suppliers BY NAME
SELECT first AS source_row, '0' AS version, '1' AS part, row_number() OVER (PARTITION BY first ORDER BY min(source_row))::VARCHAR AS rank,
    supplier_id, coalesce(supplier_id_type, CASE WHEN regexp_full_match(supplier_id, '[0-9]{14}') THEN 'SIRET' END) AS supplier_id_type,
    supplier_name, count(*)::VARCHAR AS repeated
FROM raw.holders JOIN raw.contents USING (source_row) JOIN raw.firsts
    ON firsts.content = contents.content AND firsts.declared_uid IS NOT DISTINCT FROM contents.declared_uid
WHERE supplier_id IS NOT NULL OR supplier_name IS NOT NULL
GROUP BY first, supplier_id, raw.holders.supplier_id_type, supplier_name
ORDER BY first, min(source_row);

DROP TABLE raw.holders; DROP TABLE raw.contents; DROP TABLE raw.firsts;

-- Numbers that come back: after the first, in the order of the file, for the same buyer; and those that several buyers use.
CREATE TABLE raw.repeated AS
SELECT source_row FROM raw.contracts
WHERE version = '0' AND container <> 'ocds' AND (buyer_id, id) IN (
    SELECT (buyer_id, id) FROM raw.contracts WHERE version = '0' GROUP BY buyer_id, id HAVING count(*) > 1)
QUALIFY row_number() OVER (PARTITION BY buyer_id, id ORDER BY source_row) > 1;

CREATE TABLE raw.shared AS
SELECT min(source_row) AS source_row FROM raw.contracts WHERE version = '0' GROUP BY id HAVING min(buyer_id) <> max(buyer_id);
