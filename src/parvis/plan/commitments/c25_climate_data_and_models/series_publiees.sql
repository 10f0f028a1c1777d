-- Combien de séries sur le climat sont publiées ici ?
select 'pays et ensembles' as fichier, code as serie, min(year) as de, max(year) as a, count(emissions) as valeurs
from carbon_budget.territorial
where emissions is not null
group by code
union all
select 'combustibles', fuel, min(year), max(year), count(emissions)
from carbon_budget.fuels
where emissions is not null
group by fuel
union all
select 'monde', serie, min(year), max(year), count(valeur)
from (unpivot carbon_budget.budget on fossil, land_use, atmosphere, ocean into name serie value valeur)
group by serie
order by fichier, serie
