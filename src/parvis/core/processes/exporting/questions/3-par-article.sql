-- Quels articles reçoivent le plus de contributions ?
-- chart: article contributions
select case unit when '' then 'le débat entier' else unit end as article,
    count(*) as contributions,
    count(*) filter (side = 'for') as pour,
    count(*) filter (side = 'against') as contre
from contributions
group by article
order by contributions desc, article
limit 40
