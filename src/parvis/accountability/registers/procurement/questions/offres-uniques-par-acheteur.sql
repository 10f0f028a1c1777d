-- Chez quels acheteurs ne reçoit-on souvent qu'une offre ?
-- chart: bar x=acheteur y=part_corrigee
-- note: Part corrigée : un acheteur de peu de marchés est rapproché de la moyenne, comme s'il avait vingt marchés moyens de plus. Hasard : chance d'un compte au moins aussi élevé si l'acheteur recevait les offres comme les autres ; corrigée du nombre d'acheteurs examinés (Benjamini-Hochberg). Acheteurs de cinq marchés au moins où le nombre d'offres est connu.
with known as (
    select uid, buyer_id, buyer_name, bids_received = 1 as is_single
    from procurement.contracts
    where bids_received > 0 and buyer_id is not null and procedure is not null
        and not contains(procedure, 'sans publicité ni mise en concurrence')
), overall as (
    select avg(is_single::int) as rate from known
), buyers as (
    select buyer_id, max(buyer_name) as buyer_name, count(*) as trials, count(*) filter (is_single) as successes
    from known group by buyer_id having count(*) >= 5
), chances as (
    select buyers.*, rate, case when successes = 0 then 1.0 when rate > 0 and rate < 1
        then least(1.0, list_sum(list_transform(
        range(successes, trials + 1), lambda i: exp(lgamma(trials + 1) - lgamma(i + 1) - lgamma(trials - i + 1)
            + i * ln(rate) + (trials - i) * ln(1 - rate))))) end as p
    from buyers, overall
), ordered as (
    select *, row_number() over (order by p, buyer_id) as place, count(p) over () as tests from chances
)
select coalesce(buyer_name, buyer_id) as acheteur, buyer_id as siret, trials as marches, successes as une_offre,
    round(100.0 * successes / trials, 1) as part,
    round(100.0 * (successes + 20 * rate) / (trials + 20), 1) as part_corrigee,
    round(100.0 * rate, 1) as part_de_tous,
    p as hasard,
    least(1.0, min(p * tests / place) over (
        order by place desc rows between unbounded preceding and current row
    )) as hasard_corrige
from ordered
order by part_corrigee desc, siret
limit 500
