-- À qui achète-t-on le plus ?
-- chart: bar x=titulaire y=montant
-- note: Le montant d'un marché à plusieurs titulaires est partagé à parts égales entre eux : la part de chacun n'est pas publiée. Les accords-cadres sont montrés à part. Les deux cents premiers titulaires.
-- note: Quand un numéro porte plusieurs contenus (des lots, le plus souvent), un seul est compté : la question « Combien de marchés partagent leur numéro avec un autre contenu ? » dit combien restent hors des sommes, et pour quel montant.
with holders as (
    select uid, supplier_id, max(supplier_name) as supplier_name, count(*) over (partition by uid) as holders
    from procurement.suppliers
    where supplier_id is not null
    group by uid, supplier_id
),
shares as (
    select holders.*, buyer_id, coalesce(is_framework, false) as is_framework,
        (contracts.amount / holders.holders)::decimal(28, 6) as amount
    from procurement.contracts as contracts join holders using (uid)
)
select coalesce(max(supplier_name), supplier_id) as titulaire, supplier_id as identifiant,
    count(*) as marches,
    count(distinct buyer_id) as acheteurs,
    sum(amount) filter (not is_framework)::decimal(18, 2) as montant,
    sum(amount) filter (is_framework)::decimal(18, 2) as maximum_des_accords_cadres
from shares
group by supplier_id
order by montant desc nulls last, identifiant
limit 200
