-- Combien de modèles publics sont recensés ici ?
select id as modele, name as nom, owner as tenu_par, domain as domaine, source
from models.inventory
order by modele
