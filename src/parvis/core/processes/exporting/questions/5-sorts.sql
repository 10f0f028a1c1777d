-- Que deviennent les contributions qui appellent une réponse ?
-- chart: sort contributions
select case fate when 'adopted' then 'adoptée' when 'partly' then 'adoptée en partie' when 'rejected' then 'non retenue'
        when 'noted' then 'notée' else 'sans réponse' end as sort,
    count(*) as contributions
from contributions
where due_at is not null and (state = 'published' or answered_at is not null)
group by sort
order by contributions desc, sort
