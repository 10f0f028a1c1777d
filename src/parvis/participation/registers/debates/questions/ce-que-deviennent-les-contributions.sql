-- Que deviennent les contributions qui appellent une réponse ?
-- chart: bar x=sort y=contributions
-- note: Une contribution appelle une réponse quand l'étape de son débat en doit une.
-- note: Ce qui a reçu sa réponse compte, retiré ou masqué depuis compris ; ce qui l'attend ne compte que publié.
select case fate when 'adopted' then 'adoptée' when 'partly' then 'adoptée en partie' when 'rejected' then 'non retenue'
        when 'noted' then 'notée' else 'sans réponse' end as sort,
    count(*) as contributions
from debates.contributions
where due_on is not null and (state = 'published' or answered_on is not null)
group by all
order by contributions desc, sort
