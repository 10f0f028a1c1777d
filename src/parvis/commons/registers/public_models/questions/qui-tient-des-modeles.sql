-- Qui tient des modèles, et combien sont ouverts ?
-- chart: bar x=tenu_par y=modeles
select owner as tenu_par, count(*) as modeles, count(*) filter (opened) as ouverts,
    count(*) filter (opened is null) as on_ne_sait_pas
from models.inventory
group by owner
order by modeles desc, tenu_par
