-- Quels marchés passés en concurrence n'ont reçu qu'une offre ?
select uid as subject, coalesce(object, uid) as label, uid, buyer_id, null::varchar as supplier_id, 'all' as peers,
    bids_received::double as value, amount::double as weight,
    format('{} offre(s) en tout, procédure « {} »', bids_received, procedure) as because,
    [uid] as evidence, 1 as evidence_count
from procurement.contracts join methods using (procedure)
where is_competitive and bids_received > 0
