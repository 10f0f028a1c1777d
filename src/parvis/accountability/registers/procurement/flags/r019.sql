-- Quels marchés passés en concurrence ont reçu bien moins d'offres que les marchés de même objet ?
-- Divisions CPV de vingt marchés au moins, où l'on reçoit trois offres ou plus en moyenne.
with counted as (
    select uid, object, buyer_id, amount, bids_received, cpv[1:2] as division,
        avg(bids_received) over (partition by cpv[1:2]) as mean, count(*) over (partition by cpv[1:2]) as contracts
    from procurement.contracts join methods using (procedure)
    where is_competitive and bids_received > 0 and cpv is not null
)
select uid as subject, coalesce(object, uid) as label, uid, buyer_id, null::varchar as supplier_id, division as peers,
    bids_received / mean as value, amount::double as weight,
    format('{} offre(s) ; {:.1f} en moyenne sur {} marchés de la division CPV {}',
        bids_received, mean, contracts, division) as because,
    [uid] as evidence, 1 as evidence_count
from counted
where contracts >= 20 and mean >= 3
