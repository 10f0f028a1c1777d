-- Quels marchés ont un montant très éloigné de ceux de même division CPV et de même procédure ?
-- Le montant attribué tient lieu de valeur estimée, et se compare en ordre de grandeur (logarithme).
select uid as subject, coalesce(object, uid) as label, uid, buyer_id, null::varchar as supplier_id,
    cpv[1:2] || ' · ' || procedure as peers, amount::double as value, amount::double as weight,
    format('{:,.2f} € ; la moitié des marchés de la division CPV {} en « {} » font moins de {:,.0f} €',
        amount, cpv[1:2], procedure,
        median(amount) over (partition by cpv[1:2], procedure)) as because,
    [uid] as evidence, 1 as evidence_count
from procurement.contracts
where amount > 1 and cpv is not null and procedure is not null and not coalesce(is_framework, false)
