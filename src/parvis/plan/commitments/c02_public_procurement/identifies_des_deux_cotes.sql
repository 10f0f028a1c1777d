-- Quels marchés désignent leur acheteur et tous leurs titulaires par un SIRET valide ?
-- note: Une ligne par marché ou concession. Valide : quatorze chiffres dont les clés sont justes, celle du SIREN et celle du SIRET (Luhn ; pour La Poste, somme multiple de cinq). Un titulaire étranger, qui n'a pas de SIRET, n'est pas compté contre le marché.
with parties as (
    select uid, buyer_id as id, 'SIRET' as scheme, true as is_buyer from procurement.contracts
    union all
    select uid, supplier_id, coalesce(supplier_id_type, 'SIRET'), false from procurement.suppliers
), judged as (
    select uid, id, scheme, is_buyer, procurement.is_siret(id) as is_siret
    from parties
), counted as (
    select uid, bool_and(is_siret) filter (is_buyer) as acheteur_valide,
        bool_and(is_siret or scheme <> 'SIRET') filter (not is_buyer) as titulaires_valides,
        count(*) filter (not is_buyer) as titulaires
    from judged group by uid
)
select contracts.uid, contracts.object as objet, contracts.buyer_id as acheteur, titulaires, acheteur_valide,
    coalesce(titulaires_valides, false) as titulaires_valides,
    acheteur_valide and titulaires > 0 and coalesce(titulaires_valides, false) as valide
from procurement.contracts as contracts join counted using (uid)
order by contracts.uid
