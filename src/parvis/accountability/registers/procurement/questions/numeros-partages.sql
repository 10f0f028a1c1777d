-- Combien de marchés partagent leur numéro avec un autre contenu ?
-- chart: bar x=source y=contenus_ecartes
-- note: Un acheteur et un numéro devraient désigner un seul marché. Quand un même numéro porte plusieurs contenus (des lots, le plus souvent), un seul compte dans les autres questions, et la somme ci-dessous n'y entre pas.
with in_force as (select release, source_row, uid, true as is_counted from procurement.versions where is_current),
contents as (
    select release, uid, has_duplicate, amount, coalesce(is_framework, false) as is_framework,
        coalesce(is_counted, false) as is_counted
    from procurement.versions left join in_force using (release, source_row, uid)
    where version = 0
)
select releases.source,
    count(distinct uid) filter (has_duplicate) as numeros_partages,
    count(*) filter (has_duplicate) as contenus,
    count(*) filter (has_duplicate and not is_counted) as contenus_ecartes,
    sum(amount) filter (has_duplicate and not is_counted and not is_framework) as montant_ecarte
from contents join procurement.releases as releases on releases.hash = contents.release
group by releases.source
order by contenus_ecartes desc, releases.source
