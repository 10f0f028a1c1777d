-- Quels titulaires ont reçu d'un acheteur un petit marché, puis un marché bien plus grand ?
-- (deuxième montant − premier) / premier, pour les deux premiers marchés, à des jours différents.
with holders as (
    select uid, supplier_id, max(supplier_name) as supplier_name from procurement.suppliers
    where supplier_id is not null group by uid, supplier_id
), ordered as (
    select contracts.buyer_id, contracts.buyer_name, holders.supplier_id, holders.supplier_name, contracts.uid,
        contracts.amount,
        contracts.notified_on,
        row_number() over (
            partition by contracts.buyer_id, holders.supplier_id order by contracts.notified_on, contracts.uid
        ) as place
    from procurement.contracts as contracts join holders using (uid)
    where contracts.buyer_id is not null and contracts.amount > 1 and contracts.notified_on is not null
        and not coalesce(contracts.is_framework, false)
)
select before.buyer_id || '/' || before.supplier_id as subject,
    coalesce(before.supplier_name, before.supplier_id) || ' chez '
        || coalesce(before.buyer_name, before.buyer_id) as label,
    null::varchar as uid, before.buyer_id, before.supplier_id, 'all' as peers,
    ((after.amount - before.amount) / before.amount)::double as value, after.amount::double as weight,
    format('{:,.0f} € le {}, puis {:,.0f} € le {}',
        before.amount, strftime(before.notified_on, '%d/%m/%Y'), after.amount,
        strftime(after.notified_on, '%d/%m/%Y')) as because,
    [before.uid, after.uid] as evidence, 2 as evidence_count
from ordered as before
join ordered as after
    on after.buyer_id = before.buyer_id and after.supplier_id = before.supplier_id and before.place = 1
        and after.place = 2
where after.notified_on > before.notified_on
