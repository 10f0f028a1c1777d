-- Dans quels secteurs les marchés vont-ils le plus souvent à un groupement d'entreprises ?
with holders as (
    select uid, count(distinct supplier_id) as suppliers
    from procurement.suppliers where supplier_id is not null group by uid
), awarded as (
    select contracts.uid, contracts.amount, contracts.cpv[1:3] as market, holders.suppliers > 1 as is_joint
    from procurement.contracts as contracts join holders using (uid)
    where contracts.cpv is not null and not coalesce(contracts.is_framework, false)
), overall as (
    select avg(is_joint::int) as rate from awarded
)
select market as subject, 'CPV ' || market as label, null::varchar as uid, null::varchar as buyer_id,
    null::varchar as supplier_id, 'all' as peers, avg(is_joint::int) as value,
        sum(amount) filter (is_joint)::double as weight,
    count(*) filter (is_joint) as successes, count(*) as trials, any_value(overall.rate) as expected,
    format('{} marché(s) sur {} à plusieurs titulaires ; {:.1f} % dans tous les secteurs',
        count(*) filter (is_joint), count(*),
        100 * any_value(overall.rate)) as because,
    coalesce(list(uid order by uid) filter (is_joint), []) as evidence, count(*) filter (is_joint) as evidence_count
from awarded, overall
group by market
having count(*) >= 10
