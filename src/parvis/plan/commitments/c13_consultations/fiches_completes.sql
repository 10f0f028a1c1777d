-- Les fiches des débats disent-elles l'essentiel de DebatesCore ?
select id as debat, title as titre,
    (title is not null)::int + (description is not null)::int + (organiser is not null)::int
        + (opened_on is not null)::int + (closed_on is not null)::int + (territory is not null)::int
        + (subjects is not null)::int + (methods is not null)::int + (url is not null)::int
        + (licence is not null)::int as remplies
from debates.debates
order by debat
