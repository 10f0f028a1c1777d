-- Combien achète-t-on chaque mois ?
-- chart: line x=mois y=montant
-- note: Mois de notification. Les marchés sans date de notification n'y sont pas ; ils sont comptés par la question sur la complétude. Les derniers mois sont incomplets : un marché peut être publié deux mois après sa notification.
select date_trunc('month', notified_on)::date as mois,
    count(*) as marches,
    sum(amount) filter (not coalesce(is_framework, false)) as montant,
    sum(amount) filter (is_framework) as maximum_des_accords_cadres
from procurement.contracts
where notified_on is not null
group by mois
order by mois
