-- Qui doit répondre, et qui répond ?
-- note: Le taux compte les réponses données parmi celles données ou en retard. Ce qui n'est pas encore dû est à part.
-- note: Ce qui a reçu sa réponse compte, retiré ou masqué depuis compris ; ce qui l'attend ne compte que publié.
with today as (select max(on_day) as on_day from debates.days)
select authority as autorite,
    count(*) as dues,
    count(answered_on) as donnees,
    count(*) filter (answered_on is null and due_on <= on_day) as en_retard,
    count(*) filter (answered_on is null and due_on > on_day) as pas_encore_dues,
    round(100.0 * count(answered_on) / nullif(count(*) filter (answered_on is not null or due_on <= on_day), 0), 1)
        as taux_de_reponse
from debates.contributions cross join today
where due_on is not null and (state = 'published' or answered_on is not null)
group by authority
order by en_retard desc, autorite
