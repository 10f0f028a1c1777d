-- Quels acheteurs ont une part anormalement élevée de marchés sous-traités ?
with declared as (
    select uid, buyer_id, buyer_name, amount, subcontracting_declared
    from procurement.contracts where subcontracting_declared is not null and buyer_id is not null
), overall as (
    select avg(subcontracting_declared::int) as rate from declared
)
select buyer_id as subject, coalesce(max(buyer_name), buyer_id) as label, null::varchar as uid, buyer_id,
    null::varchar as supplier_id, 'all' as peers, avg(subcontracting_declared::int) as value,
    sum(amount) filter (subcontracting_declared)::double as weight,
    count(*) filter (subcontracting_declared) as successes, count(*) as trials, any_value(overall.rate) as expected,
    format('{} marché(s) sur {} avec sous-traitance déclarée ; {:.1f} % chez tous les acheteurs',
        count(*) filter (subcontracting_declared), count(*), 100 * any_value(overall.rate)) as because,
    coalesce(list(uid order by uid) filter (subcontracting_declared), []) as evidence,
    count(*) filter (subcontracting_declared) as evidence_count
from declared, overall
group by buyer_id
having count(*) >= 10
