-- De quelles plateformes viennent les marchés ?
-- note: Une ligne par plateforme nommée dans les fichiers, à défaut par nom de source donné au chargement. Beaucoup de plateformes : des données dispersées, ou un registre qui les rassemble.
select coalesce(contracts.source, releases.source) as plateforme, count(*) as marches,
    count(distinct contracts.buyer_id) as acheteurs, max(contracts.published_on) as derniere_publication
from procurement.contracts as contracts
join procurement.releases as releases on releases.hash = contracts.release
group by all
order by plateforme
