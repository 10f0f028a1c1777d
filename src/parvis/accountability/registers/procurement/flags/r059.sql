-- Quels marchés coûtent bien plus que leur montant d'attribution ?
with first as (
    select release, source_row, amount as initial from procurement.versions where version = 0
)
select contracts.uid as subject, coalesce(contracts.object, contracts.uid) as label, contracts.uid, contracts.buyer_id,
    null::varchar as supplier_id, 'all' as peers, ((contracts.amount - first.initial) / first.initial)::double as value,
    (contracts.amount - first.initial)::double as weight,
    format('{:,.2f} € à l''attribution, {:,.2f} € après {} modification(s) : {:+.0f} %',
        first.initial, contracts.amount,
        contracts.version, 100 * (contracts.amount - first.initial) / first.initial) as because,
    [contracts.uid] as evidence, 1 as evidence_count
from procurement.contracts as contracts
join first on first.release = contracts.release and first.source_row = contracts.source_row
where contracts.version > 0 and first.initial > 1 and contracts.amount is not null
