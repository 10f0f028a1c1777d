-- Qu'achète-t-on, par grand domaine ?
-- chart: bar x=domaine y=marches
-- note: Division du vocabulaire commun des marchés publics (règlement CE n° 213/2008), en intitulés courts. Un marché a un seul code, même s'il couvre plusieurs objets.
-- note: Quand un numéro porte plusieurs contenus (des lots, le plus souvent), un seul est compté : la question « Combien de marchés partagent leur numéro avec un autre contenu ? » dit combien restent hors des sommes, et pour quel montant.
with divisions(code, titre) as (
    values ('03', 'Agriculture et pêche'), ('09', 'Énergie et carburants'), ('14', 'Mines et métaux'),
    ('15', 'Alimentation'), ('16', 'Machines agricoles'), ('18', 'Vêtements'), ('19', 'Cuir et textiles'),
    ('22', 'Imprimés'), ('24', 'Produits chimiques'), ('30', 'Informatique et bureau'), ('31', 'Matériel électrique'),
    ('32', 'Radio, télévision, télécoms'), ('33', 'Matériel médical et médicaments'), ('34', 'Véhicules'),
    ('35', 'Sécurité et défense'), ('37', 'Sport, musique, jeux'), ('38', 'Instruments de mesure'),
    ('39', 'Mobilier et entretien'), ('41', 'Eau'), ('42', 'Machines industrielles'), ('43', 'Engins de chantier'),
    ('44', 'Matériaux de construction'), ('45', 'Travaux'), ('48', 'Logiciels'), ('50', 'Réparation et entretien'),
    ('51', 'Installation'), ('55', 'Hôtellerie et restauration'), ('60', 'Transport'),
    ('63', 'Services de transport'), ('64', 'Poste et télécommunications'),
    ('65', 'Distribution d''eau et d''énergie'), ('66', 'Finance et assurance'), ('70', 'Immobilier'),
    ('71', 'Architecture et ingénierie'), ('72', 'Services informatiques'), ('73', 'Recherche'),
    ('75', 'Administration et défense'), ('76', 'Services pétroliers et gaziers'),
    ('77', 'Services agricoles et forestiers'), ('79', 'Services aux entreprises'), ('80', 'Enseignement'),
    ('85', 'Santé et action sociale'), ('90', 'Déchets et environnement'), ('92', 'Loisirs, culture et sport'),
    ('98', 'Autres services')
)
select cpv[1:2] as division,
    coalesce(any_value(titre), if(cpv[1:2] is null, '(non renseigné)', '(division inconnue)')) as domaine,
    count(*) as marches,
    sum(amount) filter (not coalesce(is_framework, false)) as montant,
    sum(amount) filter (is_framework) as maximum_des_accords_cadres
from procurement.contracts
left join divisions on divisions.code = cpv[1:2]
group by cpv[1:2]
order by marches desc, division nulls last
