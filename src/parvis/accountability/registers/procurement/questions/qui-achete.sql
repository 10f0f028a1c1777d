-- Qui achète le plus ?
-- chart: bar x=acheteur y=montant
-- note: Un marché compte une fois, dans sa version la plus récente. Le maximum des accords-cadres est montré à part : il ne s'ajoute pas aux montants. Les deux cents premiers acheteurs.
-- note: Quand un numéro porte plusieurs contenus (des lots, le plus souvent), un seul est compté : « contenus écartés » et « montant écarté » disent ce qui reste hors des sommes de chaque acheteur.
with in_force as (select release, source_row, uid from procurement.versions where is_current),
left_out as (
    select buyer_id, count(*) as contents, sum(amount) filter (not coalesce(is_framework, false)) as amount
    from procurement.versions anti join in_force using (release, source_row, uid)
    where has_duplicate and version = 0
    group by buyer_id
)
select coalesce(max(buyer_name), buyer_id) as acheteur, buyer_id as siret,
    count(*) as marches,
    sum(contracts.amount) filter (not coalesce(is_framework, false)) as montant,
    sum(contracts.amount) filter (is_framework) as maximum_des_accords_cadres,
    count(*) filter (contracts.amount is null) as sans_montant,
    coalesce(any_value(left_out.contents), 0) as contenus_ecartes,
    any_value(left_out.amount) as montant_ecarte
from procurement.contracts as contracts left join left_out using (buyer_id)
where buyer_id is not null
group by buyer_id
order by montant desc nulls last, siret
limit 200
