-- Quels titulaires sont payés pour des objets très divers ?
-- Nombre de divisions CPV, titulaires de vingt marchés au moins, marchés à titulaire unique.
with single as (
    select uid, any_value(supplier_id) as supplier_id, max(supplier_name) as supplier_name
    from procurement.suppliers where supplier_id is not null group by uid having count(distinct supplier_id) = 1
)
select single.supplier_id as subject, coalesce(max(single.supplier_name), single.supplier_id) as label,
    null::varchar as uid, null::varchar as buyer_id, single.supplier_id, 'all' as peers,
    count(distinct contracts.cpv[1:2])::double as value, sum(contracts.amount)::double as weight,
    format('{} divisions CPV en {} marchés : {}', count(distinct contracts.cpv[1:2]), count(*),
        list(distinct contracts.cpv[1:2] order by contracts.cpv[1:2])) as because,
    list(contracts.uid order by contracts.uid) as evidence, count(*) as evidence_count
from procurement.contracts as contracts join single using (uid)
where contracts.cpv is not null
group by single.supplier_id
having count(*) >= 20
