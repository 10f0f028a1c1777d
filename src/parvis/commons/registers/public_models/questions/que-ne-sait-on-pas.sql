-- Que ne sait-on pas de ces modèles, et pourquoi ?
select name as modele, owner as tenu_par, unknown as ce_qui_n_est_pas_connu, source
from models.inventory
where unknown is not null
order by modele
