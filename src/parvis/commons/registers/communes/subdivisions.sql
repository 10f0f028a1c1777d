-- Former communes and sectors: their codes may be the one of the commune that holds them, so they stand apart.
SELECT it.*, parent.code AS parent_code,
    left(it.code, CASE WHEN it.code SIMILAR TO '9[78].*' THEN 3 ELSE 2 END) AS department
FROM clean.communes AS it LEFT JOIN clean.communes AS parent ON parent.own_id = it.parent_id
WHERE it.kind NOT IN ('COM', 'ARM')
ORDER BY it.code, it.kind
