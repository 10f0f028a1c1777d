-- Combien de temps après leur notification les marchés sont-ils publiés ?
-- chart: bar x=delai y=marches
-- note: La loi donne deux mois (code de la commande publique, article R. 2196-1). Les marchés dont une des deux dates manque forment leur propre ligne, hors des parts. Une publication avant la notification est une erreur de date, gardée comme telle.
with delays as (
    select case
            when notified_on is null or published_on is null then 7
            when published_on < notified_on then 6
            when published_on <= notified_on + interval 7 days then 1
            when published_on <= notified_on + interval 1 month then 2
            when published_on <= notified_on + interval 2 months then 3
            when published_on <= notified_on + interval 6 months then 4
            else 5 end as rang,
        published_on - notified_on as days
    from procurement.contracts
    where kind = 'contract'
)
select rang, ['7 jours ou moins', '8 jours à 1 mois', '1 à 2 mois', '2 à 6 mois', 'plus de 6 mois',
    'publié avant d''être notifié',
        'date inconnue'][rang] as delai,
    count(*) as marches,
    case when rang < 7 then round(100.0 * count(*) / sum(count(*)) filter (rang < 7) over (), 1) end as part,
    rang between 1 and 3 as dans_les_deux_mois,
    median(days) filter (rang < 7) as delai_median_en_jours
from delays
group by rang
order by rang
