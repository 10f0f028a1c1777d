SELECT it.*, CAST(it.emissions_said AS DOUBLE) AS emissions,
    round(CAST(it.emissions_said AS DOUBLE) * 3.664, 6) AS emissions_co2
FROM clean.fuels AS it
ORDER BY it.fuel, it.year
