-- Pour quels marchés sait-on si le délai de publication est tenu ?
-- note: Une ligne par marché. « connu » dit que les dates de notification et de publication sont toutes deux lisibles, et dans cet ordre.
select uid, object as objet, buyer_id as acheteur, notified_on as notifie_le, published_on as publie_le,
    coalesce(published_on >= notified_on, false) as connu
from procurement.contracts
where kind = 'contract'
order by uid
