-- Combien la France a-t-elle émis, et quelle part du monde, année après année ?
-- chart: line x=annee y=mt_co2
-- note: Émissions du territoire, énergie fossile et ciment : ni l'usage des terres, ni ce qui est importé.
select france.year as annee, round(france.emissions_co2, 1) as mt_co2, round(france.emissions, 1) as mt_c,
    round(100 * france.emissions / world.emissions, 2) as part_du_monde, france.estimated_by as estime_par
from carbon_budget.territorial as france
    left join carbon_budget.territorial as world on world.code = 'World' and world.year = france.year
where france.code = 'FRA'
order by annee
