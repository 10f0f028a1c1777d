-- Combien de contributions chaque jour ?
-- chart: jour contributions
select cast(received_at as date) as jour, count(*) as contributions
from contributions
group by jour
order by jour
