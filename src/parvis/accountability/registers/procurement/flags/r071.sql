-- Quels marchés sont sous-traités pour plus de la moitié de leur montant ?
-- Somme des actes de sous-traitance déclarés, sur le montant du marché.
with acts as (
    select uid, object, buyer_id, amount,
        unnest(from_json(json_extract(extra, '$.actesSousTraitance'), '["JSON"]')) as act
    from procurement.contracts
    where amount > 0 and json_type(extra, '$.actesSousTraitance') = 'ARRAY'
), sums as (
    select uid, max(object) as object, any_value(buyer_id) as buyer_id, any_value(amount) as amount,
        count(*) as acts,
        sum(coalesce(act ->> '$.acteSousTraitance.montant', act ->> '$.montant')::decimal(18, 2)) as subcontracted
    from acts group by uid
)
select uid as subject, coalesce(object, uid) as label, uid, buyer_id, null::varchar as supplier_id, 'all' as peers,
    (subcontracted / amount)::double as value, subcontracted::double as weight,
    format('{:,.2f} € en {} acte(s) de sous-traitance, pour un marché de {:,.2f} €',
        subcontracted, acts, amount) as because,
    [uid] as evidence, 1 as evidence_count
from sums
where subcontracted is not null
