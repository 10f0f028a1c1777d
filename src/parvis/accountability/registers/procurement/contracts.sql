-- One row a contract and version: a modification says only what it changes, the rest comes from the version before.
WITH named AS (SELECT *, CASE WHEN version = 0 THEN coalesce(buyer_id, '') || coalesce(id, '') END AS uid FROM clean.contracts),
filled AS (
    SELECT * FROM named WHERE source_row NOT IN (SELECT source_row FROM lasts)
    UNION ALL BY NAME
    SELECT source_row, part, version,
        last_value(COLUMNS(* EXCLUDE (source_row, part, version, modification_id, modified_on, modification_published_on,
            modification_object)) IGNORE NULLS) OVER before,
        modification_id, modified_on, modification_published_on, modification_object
    FROM named WHERE source_row IN (SELECT source_row FROM lasts)
    WINDOW before AS (PARTITION BY source_row, part ORDER BY version ROWS UNBOUNDED PRECEDING)
)
SELECT filled.* REPLACE (coalesce(notified_on, signed_on) AS notified_on, coalesce(currency, 'EUR') AS currency),
    coalesce(has_duplicate, false) AS has_duplicate, coalesce(is_in_force, true) AND version = coalesce(last, 0) AS is_current,
    (nature ILIKE 'accord-cadre%' OR contains(techniques, 'Accord-cadre')) IS TRUE AND framework_id IS NULL AS is_framework,
    -- Nine digits are a SIREN in a French file; in OCDS they may be any country's number, and nothing says that they are not.
    CASE WHEN regexp_full_match(buyer_id, '[0-9]{14}') OR container <> 'ocds' AND regexp_full_match(buyer_id, '[0-9]{9}')
        THEN left(buyer_id, 9) END AS buyer_siren
FROM filled LEFT JOIN lasts USING (source_row, part) LEFT JOIN twins USING (source_row, part)
ORDER BY source_row, part, version
