-- À son chargement, de combien de jours datait la publication la plus récente de chaque fichier ?
-- note: Une ligne par version publiée du registre. Une date de publication postérieure au chargement est une erreur : elle ne compte pas. « jours » est vide quand le fichier ne porte aucune date de publication.
select releases.hash as version, releases.source, releases.loaded_at::date as charge_le,
    max(versions.published_on) filter (versions.published_on <= releases.loaded_at::date) as derniere_publication,
    releases.loaded_at::date - max(versions.published_on) filter (versions.published_on <= releases.loaded_at::date) as jours
from procurement.releases as releases
left join procurement.versions as versions on versions.release = releases.hash
group by releases.hash, releases.source, releases.loaded_at
order by releases.hash
