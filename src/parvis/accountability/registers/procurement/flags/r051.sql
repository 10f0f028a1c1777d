-- Quels secteurs d'achat sont tenus par peu de titulaires ?
-- Indice de Herfindahl-Hirschman : somme des carrés des parts de marché en pour cent, de 0 à 10 000.
with holders as (
    select uid, supplier_id, count(*) over (partition by uid) as holders
    from procurement.suppliers where supplier_id is not null group by uid, supplier_id
), shares as (
    select contracts.cpv[1:3] as market, year(contracts.notified_on) as year, holders.supplier_id,
        sum((contracts.amount / holders.holders)::decimal(28, 6)) as amount, list(contracts.uid) as uids
    from procurement.contracts as contracts join holders using (uid)
    where contracts.amount > 0 and contracts.cpv is not null and contracts.notified_on is not null
        and not coalesce(contracts.is_framework, false)
    group by market, year, holders.supplier_id
), parts as (
    select *, 100 * amount / sum(amount) over (partition by market, year) as part from shares
), markets as (
    select market, year, sum(part ** 2)::double as index, sum(amount) as amount, count(*) as suppliers,
        max(part)::double as first,
        list_sort(list_distinct(flatten(list(uids)))) as uids
    from parts group by market, year
)
select market || '/' || year as subject, 'CPV ' || market || ', ' || year as label, null::varchar as uid,
    null::varchar as buyer_id, null::varchar as supplier_id, 'all' as peers, index as value, amount::double as weight,
    format('{} titulaire(s) pour {} marchés ; le premier a {:.0f} % du montant',
        suppliers, len(uids), first) as because,
    uids as evidence, len(uids) as evidence_count
from markets
where len(uids) >= 10
