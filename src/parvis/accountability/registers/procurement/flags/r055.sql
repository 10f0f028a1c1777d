-- Quels titulaires reçoivent d'un acheteur, en un an, plusieurs marchés de gré à gré qui passent ensemble le seuil ?
with direct as (
    select contracts.uid, contracts.buyer_id, contracts.buyer_name, contracts.amount,
        year(contracts.notified_on) as year, limits.euros
    from procurement.contracts as contracts join methods using (procedure)
    join thresholds as limits
        on limits.kind = 'direct'
        and limits.category = case
            when starts_with(contracts.cpv, '45') then 'works'
            when starts_with(contracts.buyer_id, '1') then 'state_supplies'
            else 'supplies' end
        and contracts.notified_on >= limits.starts_on and contracts.notified_on < limits.ends_on
    where methods.is_direct and contracts.buyer_id is not null and contracts.amount > 0
        and not coalesce(contracts.is_framework, false)
), holders as (
    select uid, any_value(supplier_id) as supplier_id, max(supplier_name) as supplier_name
    from procurement.suppliers where supplier_id is not null group by uid having count(distinct supplier_id) = 1
)
select buyer_id || '/' || supplier_id || '/' || year as subject,
    coalesce(max(supplier_name), supplier_id) || ' chez ' || coalesce(max(buyer_name), buyer_id) || ', '
        || year as label,
    null::varchar as uid, buyer_id, supplier_id, 'all' as peers, (sum(amount) / max(euros))::double as value,
    sum(amount)::double as weight,
    format('{} marchés de gré à gré, {:,.0f} € ensemble ; seuil de {:,} €',
        count(*), sum(amount), max(euros)) as because,
    list(uid order by uid) as evidence, count(*) as evidence_count
from direct join holders using (uid)
group by buyer_id, supplier_id, year
having count(*) >= 2
