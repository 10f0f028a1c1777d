-- En combien de jours la moitié des contributions reçoivent-elles leur réponse, celles qui attendent encore comprises ?
with today as (select max(on_day) as on_day from debates.days),
waits as (
    select debate, number, id, authority, answered_on is not null as answered,
        greatest(0, date_diff('day', waits_since, coalesce(answered_on, on_day))) as days
    from debates.contributions cross join today
    where due_on is not null and (state = 'published' or answered_on is not null)
),
-- Kaplan et Meier : parmi ceux qui attendaient encore ce jour-là, la part de ceux qui ont reçu leur réponse.
steps as (
    select days, count(*) filter (answered) as answered, sum(count(*)) over (order by days desc) as waiting
    from waits
    group by days
),
shares as (
    select days, product(1 - answered / waiting) over (order by days) as silent
    from steps
)
select id as contribution, authority as autorite, days as jours, answered as repondu,
    round(silent, 9) as part_sans_reponse
from waits join shares using (days)
order by jours, debate, number
