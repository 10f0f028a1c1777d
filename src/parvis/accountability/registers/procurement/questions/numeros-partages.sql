-- Combien de marchés partagent leur numéro avec un autre contenu ?
-- chart: bar x=source y=contenus_ecartes
-- note: Un acheteur et un numéro devraient désigner un seul marché. Quand un même numéro porte plusieurs contenus (des lots, le plus souvent), un seul compte dans les autres questions, et la somme ci-dessous n'y entre pas.
select releases.source,
    count(distinct versions.uid) filter (has_duplicate) as numeros_partages,
    count(*) filter (has_duplicate and version = 0) as contenus,
    count(*) filter (has_duplicate and version = 0) - count(distinct versions.uid) filter (has_duplicate) as contenus_ecartes,
    sum(versions.amount) filter (has_duplicate and version = 0 and contracts.uid is null and not coalesce(versions.is_framework, false))
        as montant_ecarte
from procurement.versions as versions
join procurement.releases as releases on releases.hash = versions.release
left join (select release, source_row, any_value(uid) as uid from procurement.contracts group by release, source_row) as contracts
    on contracts.release = versions.release and contracts.source_row = versions.source_row
group by releases.source
order by contenus_ecartes desc, releases.source
