-- Quels marchés ont vu leur prix augmenter par avenant ?
with first as (
    select release, source_row, amount as initial from procurement.versions where version = 0
)
select contracts.uid as subject, coalesce(contracts.object, contracts.uid) as label, contracts.uid, contracts.buyer_id,
    null::varchar as supplier_id, 'all' as peers, (contracts.amount - first.initial)::double as value,
    (contracts.amount - first.initial)::double as weight,
    format('{} de {:,.2f} € en {} modification(s) ; {:,.2f} € à l''attribution',
        case when contracts.amount < first.initial then 'baisse' else 'hausse' end,
            abs(contracts.amount - first.initial),
        contracts.version, first.initial) as because,
    [contracts.uid] as evidence, 1 as evidence_count
from procurement.contracts as contracts
join first on first.release = contracts.release and first.source_row = contracts.source_row
where contracts.version > 0 and first.initial is not null and contracts.amount is not null
