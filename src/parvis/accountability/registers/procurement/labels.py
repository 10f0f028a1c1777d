"""Words for the codes that contracts hold: the divisions of what is bought, the departments where it is done."""


def labels(text: str) -> dict[str, str]:
    """Read « 45 Travaux|48 Logiciels »: each code with its words, the code kept before them."""
    said = [" ".join(part.split()) for part in text.split("|")]
    return {words.split(" ", 1)[0]: words for words in said}


DIVISIONS = labels("""
    03 Agriculture et pêche|09 Énergie et carburants|14 Mines et métaux|15 Alimentation|
    16 Machines agricoles|18 Vêtements|19 Cuir et textiles|22 Imprimés|
    24 Produits chimiques|30 Informatique et bureau|31 Matériel électrique|32 Radio, télévision, télécoms|
    33 Matériel médical et médicaments|34 Véhicules|35 Sécurité et défense|37 Sport, musique, jeux|
    38 Instruments de mesure|39 Mobilier et entretien|41 Eau|42 Machines industrielles|
    43 Engins de chantier|44 Matériaux de construction|45 Travaux|48 Logiciels|
    50 Réparation et entretien|51 Installation|55 Hôtellerie et restauration|60 Transport|
    63 Services de transport|64 Poste et télécommunications|65 Distribution d'eau et d'énergie|66 Finance et assurance|
    70 Immobilier|71 Architecture et ingénierie|72 Services informatiques|73 Recherche|
    75 Administration et défense|76 Services pétroliers et gaziers|
    77 Services agricoles et forestiers|79 Services aux entreprises|
    80 Enseignement|85 Santé et action sociale|90 Déchets et environnement|92 Loisirs, culture et sport|
    98 Autres services
""")
"""Divisions of the common procurement vocabulary (regulation EC 213/2008), in short."""

DEPARTMENTS = labels("""
    01 Ain|02 Aisne|03 Allier|04 Alpes-de-Haute-Provence|05 Hautes-Alpes|06 Alpes-Maritimes|
    07 Ardèche|08 Ardennes|09 Ariège|10 Aube|11 Aude|12 Aveyron|
    13 Bouches-du-Rhône|14 Calvados|15 Cantal|16 Charente|17 Charente-Maritime|18 Cher|
    19 Corrèze|21 Côte-d'Or|22 Côtes-d'Armor|23 Creuse|24 Dordogne|25 Doubs|
    26 Drôme|27 Eure|28 Eure-et-Loir|29 Finistère|2A Corse-du-Sud|2B Haute-Corse|
    30 Gard|31 Haute-Garonne|32 Gers|33 Gironde|34 Hérault|35 Ille-et-Vilaine|
    36 Indre|37 Indre-et-Loire|38 Isère|39 Jura|40 Landes|41 Loir-et-Cher|
    42 Loire|43 Haute-Loire|44 Loire-Atlantique|45 Loiret|46 Lot|47 Lot-et-Garonne|
    48 Lozère|49 Maine-et-Loire|50 Manche|51 Marne|52 Haute-Marne|53 Mayenne|
    54 Meurthe-et-Moselle|55 Meuse|56 Morbihan|57 Moselle|58 Nièvre|59 Nord|
    60 Oise|61 Orne|62 Pas-de-Calais|63 Puy-de-Dôme|64 Pyrénées-Atlantiques|65 Hautes-Pyrénées|
    66 Pyrénées-Orientales|67 Bas-Rhin|68 Haut-Rhin|69 Rhône|70 Haute-Saône|71 Saône-et-Loire|
    72 Sarthe|73 Savoie|74 Haute-Savoie|75 Paris|76 Seine-Maritime|77 Seine-et-Marne|
    78 Yvelines|79 Deux-Sèvres|80 Somme|81 Tarn|82 Tarn-et-Garonne|83 Var|
    84 Vaucluse|85 Vendée|86 Vienne|87 Haute-Vienne|88 Vosges|89 Yonne|
    90 Territoire de Belfort|91 Essonne|92 Hauts-de-Seine|93 Seine-Saint-Denis|94 Val-de-Marne|95 Val-d'Oise|
    971 Guadeloupe|972 Martinique|973 Guyane|974 La Réunion|976 Mayotte
""")
"""Departments, with INSEE's codes."""
