-- Quels marchés passés en concurrence n'ont reçu qu'une offre ?
-- note: Une ligne par marché de procédure concurrentielle dont le nombre d'offres est connu (arrêté du 22 décembre 2022). Indication de contexte : le plan ne promet rien sur ce nombre.
select uid, object as objet, buyer_id as acheteur, procedure, bids_received as offres, bids_received = 1 as une_offre
from procurement.contracts
where bids_received > 0 and procedure is not null and not contains(procedure, 'sans publicité ni mise en concurrence')
order by uid
