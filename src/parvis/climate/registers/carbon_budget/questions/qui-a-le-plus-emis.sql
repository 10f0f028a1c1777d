-- Quels pays ont émis le plus de CO2 fossile, en tout, depuis le début de la série ?
-- chart: bar x=pays y=gt_co2
-- note: Cumul des années estimées, sans les soutes internationales. Une année sans estimation n'est pas comptée comme zéro : elle manque.
select name as pays,
    round(sum(emissions_co2) / 1000, 2) as gt_co2,
    round(100 * sum(emissions) / (select sum(emissions) from carbon_budget.territorial where code = 'World'), 2) as part_du_monde,
    count(emissions) as annees_estimees,
    min(year) filter (emissions is not null) as depuis
from carbon_budget.territorial
where is_country
group by name
order by gt_co2 desc nulls last, pays
limit 30
