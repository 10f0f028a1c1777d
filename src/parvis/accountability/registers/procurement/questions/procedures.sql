-- Par quelles procédures achète-t-on ?
-- chart: bar x=procedure y=marches
-- note: Les noms de procédure sont ceux des sources : la réforme de 2022 en a changé plusieurs. Une procédure adaptée est ouverte si elle a été publiée ; les données ne le disent pas.
-- note: Quand un numéro porte plusieurs contenus (des lots, le plus souvent), un seul est compté : la question « Combien de marchés partagent leur numéro avec un autre contenu ? » dit combien restent hors des sommes, et pour quel montant.
select coalesce(procedure, '(non renseignée)') as procedure,
    count(*) as marches,
    round(100.0 * count(*) / sum(count(*)) over (), 1) as part,
    sum(amount) filter (not coalesce(is_framework, false)) as montant,
    median(amount) filter (not coalesce(is_framework, false)) as montant_median,
    sum(amount) filter (is_framework) as maximum_des_accords_cadres
from procurement.contracts
group by all
order by marches desc, procedure
