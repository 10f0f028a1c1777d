-- Quels marchés ont été publiés dans les deux mois de leur notification ?
-- note: Une ligne par marché. « tenu » est vide quand une des deux dates manque, ou que la publication est datée d'avant la notification : ce marché n'entre ni au numérateur ni au dénominateur.
select uid, object as objet, buyer_id as acheteur, notified_on as notifie_le, published_on as publie_le,
    published_on - notified_on as jours,
    case when published_on >= notified_on then published_on <= notified_on + interval 2 months end as tenu
from procurement.contracts
where kind = 'contract'
order by uid
