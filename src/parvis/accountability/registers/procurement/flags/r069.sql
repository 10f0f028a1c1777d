-- Quels marchés ont vu leur prix augmenter par avenant ?
select contracts.uid as subject, coalesce(contracts.object, contracts.uid) as label, contracts.uid, contracts.buyer_id,
    null::varchar as supplier_id, 'all' as peers, (contracts.amount - initial)::double as value,
    (contracts.amount - initial)::double as weight,
    format('{} de {:,.2f} € en {} modification(s) ; {:,.2f} € à l''attribution',
        case when contracts.amount < initial then 'baisse' else 'hausse' end,
            abs(contracts.amount - initial),
        contracts.version, initial) as because,
    [contracts.uid] as evidence, 1 as evidence_count
from procurement.contracts as contracts
join procurement.initials using (release, uid, source_row)
where contracts.version > 0 and initial is not null and contracts.amount is not null
