-- Les autres rédactions proposées ici ont-elles un sort public ?
select id as contribution, unit as article, authority as autorite, fate as sort, fate is not null as a_un_sort
from debates.contributions
where kind = 'wording' and counted_by = 'parvis' and (state = 'published' or fate is not null)
order by debate, number
