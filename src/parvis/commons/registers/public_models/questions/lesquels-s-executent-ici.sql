-- Lesquels s'exécutent ici, et réussissent-ils leurs cas ?
-- note: Les cas sont ceux que publient les auteurs du modèle, ou ce que leur programme nous a donné : la colonne le dit. À l'installation, un échantillon ; « parvis engine cases » les joue tous.
select title as modele, version, is_installed as installe, cases_passed as cas_reussis, cases_total as cas_joues,
    cases_whole as tous_les_cas, cases_published as publies, cases_on as joues_le
from models.runnable
order by modele
