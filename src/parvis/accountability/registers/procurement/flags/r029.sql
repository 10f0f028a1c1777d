-- Dans quels secteurs le premier chiffre des montants s'écarte-t-il de la loi de Benford ?
-- value : écart absolu moyen entre les neuf parts observées et attendues. p : khi-deux à huit degrés de liberté.
with digits as (
    select uid, amount, cpv[1:2] as market, ltrim(replace(amount::varchar, '.', ''), '0')[1]::integer as digit
    from procurement.contracts
    where amount >= 1 and cpv is not null and not coalesce(is_framework, false)
), markets as (
    select market, count(*) as contracts, sum(amount) as amount, list(uid order by uid) as uids
    from digits group by market
    having count(*) >= 100
), shares as (
    select expected.market, expected.digit, log10(1 + 1.0 / expected.digit) as law,
        count(digits.uid) / any_value(contracts) as share
    from (select market, contracts, unnest(range(1, 10)) as digit from markets) as expected
    left join digits on digits.market = expected.market and digits.digit = expected.digit
    group by expected.market, expected.digit
), gaps as (
    select market, avg(abs(share - law)) as deviation, sum((share - law) ** 2 / law) as distance,
        arg_max(digit, abs(share - law)) as worst, arg_max(share, abs(share - law)) as worst_share
    from shares group by market
), judged as (
    select gaps.*, markets.contracts, markets.amount, markets.uids, markets.contracts * distance / 2 as half
    from gaps join markets using (market)
)
select market as subject, 'Division CPV ' || market as label, null::varchar as uid, null::varchar as buyer_id,
    null::varchar as supplier_id, 'all' as peers, deviation as value, amount::double as weight,
    exp(-half) * (1 + half + half ** 2 / 2 + half ** 3 / 6) as p_given,
    format('{} montants ; écart le plus grand sur le chiffre {} : {:.1f} % au lieu de {:.1f} %',
        contracts, worst, 100 * worst_share, 100 * log10(1 + 1.0 / worst)) as because,
    uids as evidence, contracts as evidence_count
from judged
