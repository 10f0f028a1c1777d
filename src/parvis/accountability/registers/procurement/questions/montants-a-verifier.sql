-- Quels montants sont à vérifier ?
-- chart: bar x=constat y=marches
-- note: Un montant à vérifier n'est pas un montant faux : un accord-cadre sans maximum s'écrit souvent 0 ou 1. Rien n'est corrigé ici. Écart extrême : plus de six écarts médians absolus, en ordre de grandeur, au sein de la division CPV (trente marchés au moins).
with compared as (
    select *, log10(amount) as magnitude, cpv[1:2] as division from procurement.contracts where amount > 1
), centres as (
    select *, median(magnitude) over (partition by division) as centre,
        count(*) over (partition by division) as peers
    from compared
), spreads as (
    select *, median(abs(magnitude - centre)) over (partition by division) as spread from centres
), found as (
    select 1 as rang, 'sans montant' as constat, uid, amount, is_framework from procurement.contracts
        where amount is null and kind = 'contract'
    union all
    select 2, 'négatif', uid, amount, is_framework from procurement.contracts where amount < 0
    union all
    select 3, 'zéro', uid, amount, is_framework from procurement.contracts where amount = 0
    union all
    select 4, 'un euro ou moins', uid, amount, is_framework from procurement.contracts where amount > 0 and amount <= 1
    union all
    select 5, 'plus de 100 millions d''euros', uid, amount, is_framework
    from procurement.contracts where amount > 100000000
    union all
    select 6, 'très haut pour son domaine', uid, amount, is_framework from spreads
        where peers >= 30 and spread > 0 and (magnitude - centre) / spread > 6
    union all
    select 7, 'très bas pour son domaine', uid, amount, is_framework from spreads
        where peers >= 30 and spread > 0 and (centre - magnitude) / spread > 6
)
select rang, constat, count(*) as marches, count(*) filter (is_framework) as dont_accords_cadres,
    min(amount) as plus_petit, max(amount) as plus_grand,
    list(uid order by amount desc nulls last, uid)[1:5] as exemples
from found
group by rang, constat
order by rang
