-- Quels titulaires reçoivent d'un acheteur, dans l'année, plusieurs marchés de gré à gré juste sous le seuil ?
-- Seuils de dispense au-dessus de 40 000 € : en dessous, les marchés ne sont pas publiés.
with direct as (
    select contracts.uid, contracts.buyer_id, contracts.buyer_name, contracts.amount,
        year(contracts.notified_on) as year, limits.euros,
        contracts.amount >= 0.95 * limits.euros and contracts.amount < limits.euros as is_just_below
    from procurement.contracts as contracts join methods using (procedure)
    join thresholds as limits
        on limits.kind = 'direct' and limits.euros > 40000
        and limits.category = case
            when starts_with(contracts.cpv, '45') then 'works'
            when starts_with(contracts.buyer_id, '1') then 'state_supplies'
            else 'supplies' end
        and contracts.notified_on >= limits.starts_on and contracts.notified_on < limits.ends_on
    where methods.is_direct and contracts.buyer_id is not null and contracts.amount > 0
), holders as (
    select uid, supplier_id, max(supplier_name) as supplier_name from procurement.suppliers
    where supplier_id is not null group by uid, supplier_id
)
select buyer_id || '/' || supplier_id || '/' || year as subject,
    coalesce(max(supplier_name), supplier_id) || ' chez ' || coalesce(max(buyer_name), buyer_id) || ', '
        || year as label,
    null::varchar as uid, buyer_id, supplier_id, 'all' as peers,
    count(distinct uid) filter (is_just_below)::double as value, sum(amount)::double as weight,
    format('{} marché(s) de gré à gré sur {} à moins d''un vingtième sous le seuil de {:,} €',
        count(distinct uid) filter (is_just_below), count(distinct uid), max(euros)) as because,
    list(distinct uid order by uid) as evidence, count(distinct uid) as evidence_count
from direct join holders using (uid)
group by buyer_id, supplier_id, year
