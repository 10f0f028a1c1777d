-- Chez quels acheteurs les achats sont-ils le plus concentrés ?
-- chart: bar x=acheteur y=indice
-- note: Acheteurs de dix marchés au moins, hors accords-cadres. Indice de Herfindahl-Hirschman, de 0 à 10 000 : au-dessus de 1 800, très concentré. Un seul grand chantier suffit à l'élever. Un marché partagé compte à parts égales. Les cinq cents premiers acheteurs.
-- note: Quand un numéro porte plusieurs contenus (des lots, le plus souvent), un seul est compté : la question « Combien de marchés partagent leur numéro avec un autre contenu ? » dit combien restent hors des sommes, et pour quel montant.
with holders as (
    select uid, supplier_id, count(*) over (partition by uid) as holders
    from procurement.suppliers
    where supplier_id is not null
    group by uid, supplier_id
), parts as (
    select contracts.buyer_id, max(contracts.buyer_name) as buyer_name, holders.supplier_id,
        sum((contracts.amount / holders.holders)::decimal(28, 6)) as amount, list(contracts.uid) as uids
    from procurement.contracts as contracts join holders using (uid)
    where contracts.buyer_id is not null and contracts.amount > 0 and not coalesce(contracts.is_framework, false)
    group by contracts.buyer_id, holders.supplier_id
), shares as (
    select *, 100.0 * amount / sum(amount) over (partition by buyer_id) as share,
        row_number() over (partition by buyer_id order by amount desc, supplier_id) as place
    from parts
)
select coalesce(max(buyer_name), buyer_id) as acheteur, buyer_id as siret,
    len(list_distinct(flatten(list(uids)))) as marches,
    count(*) as titulaires,
    round(sum((share ** 2)::decimal(18, 8)))::integer as indice,
    round(sum(share::decimal(18, 8)) filter (place <= 10), 1) as part_des_dix_premiers,
    sum(amount)::decimal(18, 2) as montant
from shares
group by buyer_id
having len(list_distinct(flatten(list(uids)))) >= 10
order by indice desc, siret
limit 500
