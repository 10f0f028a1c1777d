-- À qui achète-t-on le plus ?
-- chart: bar x=titulaire y=montant
-- note: Le montant d'un marché à plusieurs titulaires est partagé à parts égales entre eux : la part de chacun n'est pas publiée. Les accords-cadres sont montrés à part. Les deux cents premiers titulaires.
-- note: Quand un numéro porte plusieurs contenus (des lots, le plus souvent), un seul est compté : la question « Combien de marchés partagent leur numéro avec un autre contenu ? » dit combien restent hors des sommes, et pour quel montant.
with holders as (
    select uid, supplier_id, max(supplier_name) as supplier_name, count(*) over (partition by uid) as holders
    from procurement.suppliers
    where supplier_id is not null
    group by uid, supplier_id
)
select coalesce(max(holders.supplier_name), holders.supplier_id) as titulaire, holders.supplier_id as identifiant,
    count(*) as marches,
    count(distinct contracts.buyer_id) as acheteurs,
    sum(contracts.amount / holders.holders) filter (not coalesce(is_framework, false))::decimal(18, 2) as montant,
    sum(contracts.amount / holders.holders) filter (is_framework)::decimal(18, 2) as maximum_des_accords_cadres
from procurement.contracts as contracts join holders using (uid)
group by holders.supplier_id
order by montant desc nulls last, identifiant
limit 200
