-- D'où viennent les données, et de quand datent-elles ?
-- chart: bar x=source y=marches
-- note: Source : la plateforme que le fichier nomme, à défaut le nom donné au chargement. Acheteurs présents ne veut pas dire acheteurs obligés : la liste des acheteurs soumis à la loi n'existe pas sous forme ouverte.
select coalesce(contracts.source, releases.source) as source,
    count(*) as marches,
    count(distinct contracts.buyer_id) as acheteurs,
    count(distinct contracts.release) as fichiers,
    min(contracts.notified_on) as premiere_notification,
    max(contracts.notified_on) as derniere_notification,
    max(contracts.published_on) as derniere_publication
from procurement.contracts as contracts
join procurement.releases as releases on releases.hash = contracts.release
group by coalesce(contracts.source, releases.source)
order by marches desc, source
