-- Que deviennent les contributions qui appellent une réponse ?
-- chart: bar x=sort y=contributions
-- note: Une contribution appelle une réponse quand l'étape de son débat en doit une. Retirées et masquées ne comptent pas.
select case fate when 'adopted' then 'adoptée' when 'partly' then 'adoptée en partie' when 'rejected' then 'non retenue'
        when 'noted' then 'notée' else 'sans réponse' end as sort,
    count(*) as contributions
from debates.contributions
where due_on is not null and state = 'published'
group by all
order by contributions desc, sort
