-- Quels modèles chacun peut-il exécuter ici ?
select engine as moteur, title as titre, version, coalesce(is_installed, false) as installe
from models.runnable
order by moteur
