-- Quels titulaires reçoivent une part élevée des achats annuels d'un acheteur ?
-- Un marché à plusieurs titulaires est partagé à parts égales. Acheteurs de dix marchés au moins dans l'année.
with holders as (
    select uid, supplier_id, max(supplier_name) as supplier_name,
        count(*) over (partition by uid) as holders
    from procurement.suppliers where supplier_id is not null group by uid, supplier_id
), shares as (
    select contracts.buyer_id, contracts.buyer_name, holders.supplier_id, holders.supplier_name, contracts.uid,
        year(contracts.notified_on) as year, (contracts.amount / holders.holders)::decimal(28, 6) as amount
    from procurement.contracts as contracts join holders using (uid)
    where contracts.buyer_id is not null and contracts.amount > 0 and contracts.notified_on is not null
        and not coalesce(contracts.is_framework, false)
), totals as (
    select buyer_id, year, sum(amount) as total, count(distinct uid) as contracts from shares group by buyer_id, year
    having count(distinct uid) >= 10
)
select buyer_id || '/' || supplier_id || '/' || year as subject,
    coalesce(max(supplier_name), supplier_id) || ' chez ' || coalesce(max(buyer_name), buyer_id) || ', '
        || year as label,
    null::varchar as uid, buyer_id, supplier_id, 'all' as peers, (sum(amount) / any_value(total))::double as value,
    sum(amount)::double as weight,
    format('{:.0f} % du montant de {} marchés de l''année {}, en {} marché(s)',
        100 * sum(amount) / any_value(total), any_value(contracts), year, count(distinct uid)) as because,
    list(distinct uid order by uid) as evidence, count(distinct uid) as evidence_count
from shares join totals using (buyer_id, year)
group by buyer_id, supplier_id, year
having count(distinct uid) >= 2
