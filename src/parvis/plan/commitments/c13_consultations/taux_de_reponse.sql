-- Quand la date est passée, a-t-on répondu ?
with today as (select max(on_day) as on_day from debates.days)
select id as contribution, authority as autorite, due_on as due_le, answered_on as repondu_le,
    answered_on is not null as repondu
from debates.contributions cross join today
where due_on is not null and (state = 'published' or answered_on is not null)
    and (answered_on is not null or due_on <= on_day)
order by debate, number
