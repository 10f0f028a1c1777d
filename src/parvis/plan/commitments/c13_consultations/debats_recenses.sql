-- Combien de débats publics sont recensés ici ?
select id as debat, title as titre, organiser as organisateur, opened_on as ouvert_le, closed_on as clos_le,
    coalesce(held_here, false) as tenu_ici
from debates.debates
order by ouvert_le, debat
