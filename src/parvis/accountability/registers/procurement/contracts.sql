-- One row a contract and version: a modification says only what it changes, the rest comes from the version before.
WITH filled AS (
    SELECT * FROM clean.contracts WHERE source_row NOT IN (SELECT source_row FROM lasts)
    UNION ALL BY NAME
    SELECT source_row, part, version,
        last_value(COLUMNS(* EXCLUDE (source_row, part, version, modification_id, modified_on, modification_published_on,
            modification_object)) IGNORE NULLS) OVER before,
        modification_id, modified_on, modification_published_on, modification_object
    FROM clean.contracts WHERE source_row IN (SELECT source_row FROM lasts)
    WINDOW before AS (PARTITION BY source_row, part ORDER BY version ROWS UNBOUNDED PRECEDING)
    ORDER BY source_row, part, version
)
SELECT filled.* REPLACE (coalesce(notified_on, signed_on) AS notified_on, coalesce(currency, 'EUR') AS currency),
    uid, has_duplicate, is_in_force AND version = last AS is_current,
    (nature ILIKE 'accord-cadre%' OR contains(techniques, 'Accord-cadre')) IS TRUE AND framework_id IS NULL AS is_framework,
    CASE WHEN regexp_full_match(buyer_id, '[0-9]{14}|[0-9]{9}') THEN left(buyer_id, 9) END AS buyer_siren
FROM filled JOIN keys USING (source_row, part)
