-- Combien de contributions chaque jour ?
-- chart: jour contributions
select coalesce(cast(cast(received_at as date) as varchar), 'sans date dans la source') as jour,
    count(*) as contributions
from contributions
group by jour
order by jour
