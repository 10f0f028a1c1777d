-- Combien achète-t-on chaque mois ?
-- chart: line x=mois y=montant
-- note: Mois de notification. Les marchés sans date de notification n'y sont pas ; ils sont comptés par la question sur la complétude. Les derniers mois sont incomplets : un marché peut être publié deux mois après sa notification.
-- note: Quand un numéro porte plusieurs contenus (des lots, le plus souvent), un seul est compté : « contenus écartés » et « montant écarté » disent ce qui reste hors des sommes de chaque mois.
with in_force as (select release, source_row, uid from procurement.versions where is_current),
counted as (
    select notified_on, amount, is_framework, true as is_counted from procurement.contracts
    union all
    select notified_on, amount, is_framework, false
    from procurement.versions anti join in_force using (release, source_row, uid)
    where has_duplicate and version = 0
)
select date_trunc('month', notified_on)::date as mois,
    count(*) filter (is_counted) as marches,
    sum(amount) filter (is_counted and not coalesce(is_framework, false)) as montant,
    sum(amount) filter (is_counted and is_framework) as maximum_des_accords_cadres,
    count(*) filter (not is_counted) as contenus_ecartes,
    sum(amount) filter (not is_counted and not coalesce(is_framework, false)) as montant_ecarte
from counted
where notified_on is not null
group by mois
order by mois
