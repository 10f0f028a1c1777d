-- Combien de débats sont recensés, et qui les tient ?
select coalesce(organiser, 'non renseigné') as organisateur,
    count(*) as debats,
    count(*) filter (held_here) as tenus_ici,
    count(*) filter (not coalesce(held_here, false)) as tenus_ailleurs,
    min(opened_on) as le_premier,
    max(opened_on) as le_dernier
from debates.debates
group by all
order by debats desc, organisateur
