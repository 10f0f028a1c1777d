-- Quels modèles recensés ont leur code ouvert ?
select id as modele, name as nom, owner as tenu_par, coalesce(opened, false) as est_ouvert, opened_on as ouvert_le, licence
from models.inventory
order by modele
