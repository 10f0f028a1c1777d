-- Les modèles exécutés ici réussissent-ils les cas de leurs auteurs ?
select engine as moteur, title as titre, version, cases_passed as cas_reussis, cases_total as cas_joues,
    cases_whole as tous_les_cas, cases_published as publies, cases_on as joues_le
from models.runnable
where cases_total > 0
order by moteur
