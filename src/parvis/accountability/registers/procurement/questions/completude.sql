-- Les dix données essentielles sont-elles remplies ?
-- chart: bar x=donnee y=part
-- note: Dix données que demandent à la fois l'arrêté du 14 avril 2017 (article 1er) et celui du 22 décembre 2022 (article 1er). Remplie veut dire lisible après contrôle, non exacte. Les concessions, qui ont d'autres données, ne comptent pas.
with filled as (
    select uid, [
        buyer_id is not null, object is not null, cpv is not null, procedure is not null, place_code is not null,
        duration_months is not null, amount is not null, notified_on is not null, published_on is not null,
        uid in (select uid from procurement.suppliers where supplier_id is not null)
    ] as has
    from procurement.contracts
    where kind = 'contract'
)
select place as rang, ['Acheteur (SIRET)', 'Objet', 'Code CPV', 'Procédure', 'Lieu d''exécution', 'Durée', 'Montant',
    'Date de notification',
        'Date de publication des données', 'Titulaire'][place] as donnee,
    count(*) as marches,
    count(*) filter (has[place]) as remplis,
    round(100.0 * count(*) filter (has[place]) / count(*), 1) as part
from filled, (select unnest(range(1, 11)) as place)
group by place
order by place
