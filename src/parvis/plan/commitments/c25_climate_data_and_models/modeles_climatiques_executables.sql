-- Quels modèles du climat chacun peut-il exécuter ici ?
select engine as moteur, title as titre, version, coalesce(is_installed, false) as installe
from models.runnable
where room = 'climate'
order by moteur
