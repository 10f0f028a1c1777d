-- Quels acheteurs ont publié au moins un marché ?
-- note: Une ligne par acheteur (SIRET). La liste des acheteurs soumis à la loi n'existe pas sous forme ouverte : ce compte n'est pas un taux.
select buyer_id as acheteur, max(buyer_name) as nom, count(*) as marches, min(notified_on) as premiere_notification,
    max(notified_on) as derniere_notification
from procurement.contracts
where buyer_id is not null
group by buyer_id
order by buyer_id
