-- Combien des dix données essentielles chaque marché donne-t-il ?
-- note: Une ligne par marché. Acheteur, objet, CPV, procédure, lieu, durée, montant, notification, publication, titulaire : demandées par l'arrêté du 14 avril 2017 (article 1er) et par celui du 22 décembre 2022 (article 1er).
with held as (
    select distinct uid from procurement.suppliers where supplier_id is not null
)
select contracts.uid, object as objet, buyer_id as acheteur,
    (buyer_id is not null)::int + (object is not null)::int + (cpv is not null)::int + (procedure is not null)::int
        + (place_code is not null)::int + (duration_months is not null)::int + (amount is not null)::int
        + (notified_on is not null)::int + (published_on is not null)::int + (held.uid is not null)::int as remplies,
    list_filter([
        if(buyer_id is null, 'acheteur', null), if(object is null, 'objet', null), if(cpv is null, 'CPV', null),
        if(procedure is null, 'procédure', null), if(place_code is null, 'lieu', null),
        if(duration_months is null, 'durée', null), if(amount is null, 'montant', null),
        if(notified_on is null, 'notification', null), if(published_on is null, 'publication', null),
        if(held.uid is null, 'titulaire', null)
    ], lambda missing: missing is not null) as manquantes
from procurement.contracts as contracts
left join held using (uid)
where kind = 'contract'
order by contracts.uid
