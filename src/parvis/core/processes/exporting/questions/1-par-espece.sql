-- Combien de contributions de chaque espèce ?
-- chart: espece contributions
select kind as espece, count(*) as contributions, count(*) filter (state <> 'published') as retirees_ou_masquees
from contributions
group by kind
order by contributions desc, espece
