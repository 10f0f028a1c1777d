-- Dans quelles communes les marchés s'exécutent-ils ?
-- chart: map latitude=latitude longitude=longitude size=marches label=commune
-- note: Le lieu d'exécution est un code postal le plus souvent, et un texte libre. Un marché est placé quand son lieu porte le nom d'une seule commune du même département, à défaut quand son code est celui d'une commune ; le point est la mairie. Les autres sont comptés à la dernière ligne. Le lieu d'exécution n'est pas le siège de l'acheteur.
-- note: Quand un numéro porte plusieurs contenus (des lots, le plus souvent), un seul est compté : la question « Combien de marchés partagent leur numéro avec un autre contenu ? » dit combien restent hors des sommes, et pour quel montant.
with places as (
    select uid, amount, coalesce(is_framework, false) as is_framework, place_code_type, place_code,
        regexp_replace(regexp_replace(upper(strip_accents(place_name)), '[^A-Z0-9]+', ' ', 'g'), '\bSTE?\b', 'SAINT',
            'g').trim()
            as place,
        place_code[1:if(place_code[1:2] in ('97', '98'), 3, 2)] as department
    from procurement.contracts
), halls as (
    select code, name, latitude, longitude, if(department in ('2A', '2B'), '20', department) as department,
        regexp_replace(regexp_replace(upper(strip_accents(name)), '[^A-Z0-9]+', ' ', 'g'), '\bSTE?\b', 'SAINT',
            'g').trim() as place
    from communes.communes
    where latitude is not null
), named as (
    select places.uid, halls.code
    from places join halls on halls.place = places.place and halls.department = places.department
    where places.place_code_type in ('Code postal', 'Code commune')
), coded as (
    select places.uid, halls.code
    from places join halls on halls.code = places.place_code and places.place_code_type = 'Code commune'
    anti join named on named.uid = places.uid
), placed as (
    select uid, any_value(code) as code from (select * from named union all select * from coded)
    group by uid having count(distinct code) = 1
)
select coalesce(any_value(halls.name), '(lieu non placé)') as commune, placed.code,
    count(*) as marches,
    sum(amount) filter (not is_framework) as montant,
    sum(amount) filter (is_framework) as maximum_des_accords_cadres,
    any_value(halls.latitude) as latitude, any_value(halls.longitude) as longitude
from places
left join placed using (uid)
left join halls on halls.code = placed.code
group by placed.code
order by placed.code is null, marches desc, placed.code
