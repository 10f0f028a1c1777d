-- One row a contract and version: a modification says only what it changes, the rest comes from the version before.
WITH filled AS (
    SELECT * FROM clean.contracts WHERE source_row NOT IN (SELECT source_row FROM clean.contracts WHERE version > 0)
    UNION ALL BY NAME
    SELECT source_row, part, version,
        last_value(COLUMNS(* EXCLUDE (source_row, part, version, modification_id, modified_on, modification_published_on, modification_object))
            IGNORE NULLS) OVER before,
        modification_id, modified_on, modification_published_on, modification_object
    FROM clean.contracts WHERE source_row IN (SELECT source_row FROM clean.contracts WHERE version > 0)
    WINDOW before AS (PARTITION BY source_row, part ORDER BY version ROWS UNBOUNDED PRECEDING)
),
named AS (
    SELECT * REPLACE (coalesce(notified_on, signed_on) AS notified_on, coalesce(currency, 'EUR') AS currency),
        coalesce(buyer_id, '') || coalesce(id, '') AS uid,
        hash(*COLUMNS(* EXCLUDE (source_row, part, version, declared_uid, extra, source))) AS content
    FROM filled
),
twins AS (SELECT uid FROM named WHERE version = 0 GROUP BY uid HAVING count(DISTINCT content) > 1)
SELECT *,
    row_number() OVER (PARTITION BY uid ORDER BY published_on DESC NULLS LAST, notified_on DESC NULLS LAST, source_row DESC, version DESC) = 1 AS is_current,
    (nature ILIKE 'accord-cadre%' OR contains(techniques, 'Accord-cadre')) IS TRUE AND framework_id IS NULL AS is_framework,
    CASE WHEN regexp_full_match(buyer_id, '[0-9]{14}|[0-9]{9}') THEN left(buyer_id, 9) END AS buyer_siren,
    uid IN (SELECT uid FROM twins) AS has_duplicate
FROM named
ORDER BY source_row, part, version
