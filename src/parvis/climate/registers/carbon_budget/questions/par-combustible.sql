-- De quels combustibles vient le CO2 du monde ?
-- chart: line x=annee y=gt_co2 series=combustible
select year as annee,
    case fuel when 'Coal' then 'charbon' when 'Oil' then 'pétrole' when 'Gas' then 'gaz' when 'Cement' then 'ciment'
        when 'Flaring' then 'torchage' else fuel end as combustible,
    round(emissions_co2 / 1000, 3) as gt_co2
from carbon_budget.fuels
where fuel <> 'Total'
order by annee, combustible
