SELECT it.*, CAST(it.fossil_said AS DOUBLE) AS fossil, CAST(it.land_use_said AS DOUBLE) AS land_use,
    CAST(it.atmosphere_said AS DOUBLE) AS atmosphere, CAST(it.ocean_said AS DOUBLE) AS ocean
FROM clean.budget AS it
ORDER BY it.year
