-- Pour quels pays et quelles années la source n'a-t-elle pas d'estimation ?
select name as pays, count(*) as annees_sans_estimation, min(year) as de, max(year) as a
from carbon_budget.territorial
where is_country and emissions is null
group by all
order by annees_sans_estimation desc, pays
