-- Communes and municipal arrondissements: what a place code names.
SELECT it.*, parent.code AS parent_code,
    left(it.code, CASE WHEN it.code SIMILAR TO '9[78].*' THEN 3 ELSE 2 END) AS department,
    TRY_CAST(it.place_north AS DOUBLE) AS latitude,
    TRY_CAST(it.place_east AS DOUBLE) AS longitude
FROM clean.communes AS it LEFT JOIN clean.communes AS parent ON parent.own_id = it.parent_id
WHERE it.kind IN ('COM', 'ARM')
ORDER BY it.code
