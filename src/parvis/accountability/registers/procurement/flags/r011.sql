-- Quels acheteurs signent, en trois mois et pour un même objet, plusieurs marchés juste sous un seuil ?
-- Juste sous : moins d'un vingtième. Même objet : même classe CPV (quatre chiffres). Trois mois : 90 jours.
with below as (
    select contracts.uid, contracts.buyer_id, contracts.buyer_name, contracts.amount, contracts.notified_on,
        contracts.cpv[1:4] as class, limits.euros
    from procurement.contracts as contracts
    join thresholds as limits
        on limits.category = case
            when starts_with(contracts.cpv, '45') then 'works'
            when starts_with(contracts.buyer_id, '1') then 'state_supplies'
            else 'supplies' end
        and contracts.notified_on >= limits.starts_on and contracts.notified_on < limits.ends_on
        and limits.euros > 40000
        and contracts.amount >= 0.95 * limits.euros and contracts.amount < limits.euros
    where contracts.buyer_id is not null and contracts.cpv is not null and not coalesce(contracts.is_framework, false)
), windows as (
    select start.buyer_id, start.class, start.euros, start.notified_on as starts_on,
        max(start.buyer_name) as buyer_name, list(distinct others.uid order by others.uid) as uids,
        sum(others.amount) as amount
    from below as start
    join below as others
        on others.buyer_id = start.buyer_id and others.class = start.class and others.euros = start.euros
        and others.notified_on >= start.notified_on and others.notified_on <= start.notified_on + interval 90 days
    group by start.buyer_id, start.class, start.euros, start.notified_on, start.uid
)
select buyer_id || '/' || class || '/' || euros as subject,
    coalesce(buyer_name, buyer_id) || ', CPV ' || class as label,
    null::varchar as uid, buyer_id, null::varchar as supplier_id, 'all' as peers, len(uids)::double as value,
    amount::double as weight,
    format('{} marché(s) de classe CPV {} en 90 jours à partir du {}, à moins d''un vingtième sous {:,} €',
        len(uids), class, strftime(starts_on, '%d/%m/%Y'), euros) as because,
    uids as evidence, len(uids) as evidence_count
from windows
qualify row_number() over (partition by buyer_id, class, euros order by len(uids) desc, starts_on, uids) = 1
