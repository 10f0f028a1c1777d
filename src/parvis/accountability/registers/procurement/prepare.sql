-- A tabular file has a line a supplier: its contracts are the distinct contents of these lines, so that no amount doubles.
-- Contents are compared by two hashes of 64 bits together: a million lines meet by chance once in 10^26 files.
CREATE TABLE raw.contents AS
SELECT source_row, hash(declared_uid, id, cpv, buyer_id, buyer_name, amount, notified_on) AS head,
    hash(declared_uid, published_on, nature, object, procedure, duration_months, bids_received, type) AS tail
FROM raw.holders;

CREATE TABLE raw.firsts AS
SELECT head, tail, min(source_row) AS source_row, count(*) AS lines FROM raw.contents GROUP BY head, tail;

INSERT INTO raw.contracts BY NAME
SELECT * EXCLUDE (supplier_id, supplier_id_type, supplier_name, type), '0' AS version, '1' AS part, 'csv' AS container, 'contract' AS kind,
    CASE WHEN type IS NOT NULL THEN '{"type":' || to_json(type)::VARCHAR || '}' END AS extra
FROM raw.holders WHERE source_row IN (SELECT source_row FROM raw.firsts);

CREATE VIEW raw.named AS
SELECT source_row, supplier_id, supplier_name,
    coalesce(supplier_id_type, CASE WHEN regexp_full_match(supplier_id, '[0-9]{14}') THEN 'SIRET' END) AS supplier_id_type
FROM raw.holders WHERE supplier_id IS NOT NULL OR supplier_name IS NOT NULL;

-- The contracts of one line have one supplier; the others are numbered in the order of their lines, and come after.
INSERT INTO raw.suppliers BY NAME
SELECT *, '0' AS version, '1' AS part, '1' AS rank, '1' AS repeated
FROM raw.named WHERE source_row IN (SELECT source_row FROM raw.firsts WHERE lines = 1);

INSERT INTO raw.suppliers BY NAME
SELECT first AS source_row, '0' AS version, '1' AS part, row_number() OVER (PARTITION BY first ORDER BY min(source_row))::VARCHAR AS rank,
    supplier_id, supplier_id_type, supplier_name, count(*)::VARCHAR AS repeated
FROM raw.named JOIN (
    SELECT contents.source_row, firsts.source_row AS first FROM raw.contents JOIN raw.firsts USING (head, tail) WHERE lines > 1
) USING (source_row)
GROUP BY first, supplier_id, supplier_id_type, supplier_name
ORDER BY first, min(source_row);

DROP VIEW raw.named; DROP TABLE raw.holders; DROP TABLE raw.contents; DROP TABLE raw.firsts;

-- Numbers that come back: after the first, in the order of the file, for the same buyer; and those that several buyers use.
-- Hashes choose the few that may be concerned; texts decide.
CREATE TABLE raw.numbers AS
SELECT source_row, hash(id) AS number, CASE WHEN buyer_id IS NOT NULL THEN hash(buyer_id) END AS buyer
FROM raw.contracts WHERE version = '0';

CREATE TABLE raw.repeated AS
SELECT source_row FROM raw.contracts
WHERE version = '0' AND container <> 'ocds' AND (hash(id), hash(buyer_id)) IN (
    SELECT (number, buyer) FROM raw.numbers GROUP BY number, buyer HAVING count(*) > 1)
QUALIFY row_number() OVER (PARTITION BY buyer_id, id ORDER BY source_row) > 1;

CREATE TABLE raw.shared AS
SELECT min(source_row) AS source_row FROM raw.contracts WHERE version = '0' AND hash(id) IN (
    SELECT number FROM raw.numbers GROUP BY number HAVING min(buyer) <> max(buyer))
GROUP BY id HAVING min(buyer_id) <> max(buyer_id);

DROP TABLE raw.numbers;

-- Identifiers come back from row to row: each is read and its keys are tried once.
CREATE TABLE raw.identifiers AS
SELECT *, CASE WHEN shape = 'siren' THEN luhn9(number) ELSE is_proved(number) END AS proved
FROM (SELECT *, TRY_CAST(read_id(text, shape) AS BIGINT) AS number FROM (SELECT text, shape_of_id(text) AS shape
    FROM (SELECT buyer_id AS text FROM raw.contracts UNION SELECT supplier_id FROM raw.suppliers)));
