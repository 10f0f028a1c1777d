-- Les contributions qui appellent une réponse ont-elles un sort public ?
select id as contribution, kind as espece, authority as autorite, due_on as due_le, fate as sort, fate is not null as a_un_sort
from debates.contributions
where due_on is not null and (state = 'published' or answered_on is not null)
order by debate, number
