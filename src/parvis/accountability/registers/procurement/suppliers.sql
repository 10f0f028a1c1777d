-- The suppliers of each version: those that it names, else those of the version before.
WITH held AS (SELECT * FROM clean.suppliers WHERE supplier_id IS NOT NULL OR supplier_name IS NOT NULL),
sets AS (SELECT DISTINCT source_row, part, version AS since FROM held),
versions AS (
    SELECT contract.uid, contract.source_row, contract.part, contract.version, sets.since
    FROM assembled.contracts AS contract ASOF JOIN sets
        ON contract.source_row = sets.source_row AND contract.part = sets.part AND contract.version >= sets.since
)
SELECT versions.uid, versions.source_row, versions.version,
    row_number() OVER (PARTITION BY versions.source_row, versions.part, versions.version ORDER BY held.rank) AS rank,
    supplier_id, supplier_id_type, supplier_name,
    CASE WHEN supplier_id_type = 'SIRET' AND regexp_full_match(supplier_id, '[0-9]{14}|[0-9]{9}') THEN left(supplier_id, 9) END AS supplier_siren
FROM versions JOIN held ON held.source_row = versions.source_row AND held.part = versions.part AND held.version = versions.since
ORDER BY versions.source_row, versions.part, versions.version, rank
