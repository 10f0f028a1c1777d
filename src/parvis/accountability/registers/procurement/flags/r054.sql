-- Quels marchés de gré à gré ont dépassé, par avenant, le seuil qui imposait la concurrence ?
select contracts.uid as subject, coalesce(contracts.object, contracts.uid) as label, contracts.uid, contracts.buyer_id,
    null::varchar as supplier_id, 'all' as peers, (contracts.amount / limits.euros)::double as value,
        contracts.amount::double as weight,
    format('{:,.2f} € à la signature, {:,.2f} € après {} modification(s) ; seuil de {:,} €',
        initial, contracts.amount,
        contracts.version, limits.euros) as because,
    [contracts.uid] as evidence, 1 as evidence_count
from procurement.contracts as contracts join methods using (procedure)
join procurement.initials using (release, uid, source_row)
join thresholds as limits
    on limits.kind = 'direct'
    and limits.category = case
        when starts_with(contracts.cpv, '45') then 'works'
        when starts_with(contracts.buyer_id, '1') then 'state_supplies'
        else 'supplies' end
    and contracts.notified_on >= limits.starts_on and contracts.notified_on < limits.ends_on
where methods.is_direct and contracts.version > 0 and initial > 0 and initial < limits.euros
