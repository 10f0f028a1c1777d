-- Quels marchés coûtent bien plus que leur montant d'attribution ?
select contracts.uid as subject, coalesce(contracts.object, contracts.uid) as label, contracts.uid, contracts.buyer_id,
    null::varchar as supplier_id, 'all' as peers, ((contracts.amount - initial) / initial)::double as value,
    (contracts.amount - initial)::double as weight,
    format('{:,.2f} € à l''attribution, {:,.2f} € après {} modification(s) : {:+.0f} %',
        initial, contracts.amount,
        contracts.version, 100 * (contracts.amount - initial) / initial) as because,
    [contracts.uid] as evidence, 1 as evidence_count
from procurement.contracts as contracts
join procurement.initials using (release, uid, source_row)
where contracts.version > 0 and initial > 1 and contracts.amount is not null
