-- The suppliers of each version, in the order of the source: those that it names, else those of the version before.
WITH held AS (SELECT * FROM clean.suppliers WHERE supplier_id IS NOT NULL OR supplier_name IS NOT NULL),
sets AS (
    SELECT DISTINCT source_row, part, version AS since FROM held WHERE source_row IN (SELECT source_row FROM lasts)
),
versions AS (
    SELECT record.source_row, record.part, record.version, sets.since
    FROM (FROM clean.contracts WHERE source_row IN (SELECT source_row FROM lasts)) AS record ASOF JOIN sets
        ON record.source_row = sets.source_row AND record.part = sets.part AND record.version >= sets.since
),
later AS (
    SELECT held.* REPLACE (versions.version AS version) FROM versions
    JOIN held ON held.source_row = versions.source_row AND held.part = versions.part AND held.version = versions.since
),
every AS (
    SELECT * FROM held WHERE source_row NOT IN (SELECT source_row FROM lasts)
    UNION ALL BY NAME
    SELECT * FROM later
)
SELECT every.*, uid,
    CASE WHEN supplier_id_type = 'SIRET' AND regexp_full_match(supplier_id, '[0-9]{14}|[0-9]{9}') THEN left(supplier_id, 9) END AS supplier_siren
FROM every JOIN heads USING (source_row, part)
ORDER BY source_row, part, version, rank
