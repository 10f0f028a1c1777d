-- Quels modèles publics sont ouverts, depuis quand, et sous quelle licence ?
select name as modele, owner as tenu_par, opened_on as ouvert_le, licence, legal_basis as fondement, code as adresse
from models.inventory
where opened
order by ouvert_le nulls last, modele
