-- Quels acheteurs passent le plus de marchés sans publicité ni mise en concurrence ?
with known as (
    select contracts.uid, contracts.buyer_id, contracts.buyer_name, contracts.amount, methods.is_direct
    from procurement.contracts as contracts join methods using (procedure)
    where contracts.buyer_id is not null
), overall as (
    select avg(is_direct::int) as rate from known
)
select buyer_id as subject, coalesce(max(buyer_name), buyer_id) as label, null::varchar as uid, buyer_id,
    null::varchar as supplier_id, 'all' as peers, avg(is_direct::int) as value,
    sum(amount) filter (is_direct)::double as weight,
    count(*) filter (is_direct) as successes, count(*) as trials, any_value(overall.rate) as expected,
    format('{} marché(s) sur {} sans publicité ni mise en concurrence ; {:.1f} % chez tous les acheteurs',
        count(*) filter (is_direct), count(*), 100 * any_value(overall.rate)) as because,
    coalesce(list(uid order by uid) filter (is_direct), []) as evidence, count(*) filter (is_direct) as evidence_count
from known, overall
group by buyer_id
having count(*) >= 10
