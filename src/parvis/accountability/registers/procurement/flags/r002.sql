-- Quels acheteurs signent bien plus de marchés juste sous un seuil que juste au-dessus ?
-- Fenêtre : un dixième du seuil de chaque côté. Seuls comptent les seuils au-dessus de 40 000 € : en dessous, les
-- marchés ne sont pas publiés, et rien ne se compare. Date de notification, faute de la date de lancement.
with near as (
    select contracts.uid, contracts.buyer_id, contracts.buyer_name, contracts.amount,
        contracts.amount < limits.euros as is_below
    from procurement.contracts as contracts
    join thresholds as limits
        on limits.category = case
            when starts_with(contracts.cpv, '45') then 'works'
            when starts_with(contracts.buyer_id, '1') then 'state_supplies'
            else 'supplies' end
        and contracts.notified_on >= limits.starts_on and contracts.notified_on < limits.ends_on
        and limits.euros > 40000
        and contracts.amount >= 0.9 * limits.euros and contracts.amount < 1.1 * limits.euros
    where contracts.buyer_id is not null and not coalesce(contracts.is_framework, false)
)
select buyer_id as subject, coalesce(max(buyer_name), buyer_id) as label, null::varchar as uid, buyer_id,
    null::varchar as supplier_id, 'all' as peers, avg(is_below::int) as value, sum(amount)::double as weight,
    count(*) filter (is_below) as successes, count(*) as trials, 0.5 as expected,
    format('{} marchés sur {} à moins d''un dixième d''un seuil sont en dessous',
        count(*) filter (is_below), count(*)) as because,
    list(uid order by uid) filter (is_below) as evidence, count(*) filter (is_below) as evidence_count
from near
group by buyer_id
having count(*) >= 5
