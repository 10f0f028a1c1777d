-- Quels marchés ont été modifiés ?
select uid as subject, coalesce(object, uid) as label, uid, buyer_id, null::varchar as supplier_id, 'all' as peers,
    version::double as value, amount::double as weight,
    format('{} modification(s), la dernière notifiée le {}',
        version, coalesce(strftime(modified_on, '%d/%m/%Y'), 'date inconnue')) as because,
    [uid] as evidence, 1 as evidence_count
from procurement.contracts
