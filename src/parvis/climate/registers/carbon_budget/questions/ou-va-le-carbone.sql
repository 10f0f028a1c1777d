-- Où va le carbone émis : l'air, l'océan, les terres ?
-- note: GtC par an, moyennes par décennie des années que la source donne. Les terres sont le solde : ce que ni l'air ni l'océan n'ont.
select year // 10 * 10 as decennie,
    round(avg(fossil), 2) as fossile,
    round(avg(land_use), 2) as usage_des_terres,
    round(avg(atmosphere), 2) as air,
    round(avg(ocean), 2) as ocean,
    round(avg(fossil + land_use - atmosphere - ocean), 2) as terres_et_ecart,
    count(fossil + land_use + atmosphere + ocean) as annees_completes
from carbon_budget.budget
where year >= 1850
group by all
order by decennie
