"""Codes and closed lists: CPV, nature, procedure, places; and texts whose signs were lost."""

from parvis.core.registers.register import Rule, Status

NATURES = (
    "Marché",
    "Marché de partenariat",
    "Marché de défense ou de sécurité",
    "Accord-cadre",
    "Marché subséquent",
    "Concession de travaux",
    "Concession de service",
    "Concession de service public",
    "Délégation de service public",
)
"""Natures that the orders of 2017, 2019 and 2022 allow, contracts and concessions together."""

PROCEDURES = (
    "Procédure adaptée",
    "Appel d'offres ouvert",
    "Appel d'offres restreint",
    "Procédure concurrentielle avec négociation",
    "Procédure avec négociation",
    "Procédure négociée avec mise en concurrence préalable",
    "Marché négocié sans publicité ni mise en concurrence préalable",
    "Marché public négocié sans publicité ni mise en concurrence préalable",
    "Marché passé sans publicité ni mise en concurrence préalable",
    "Dialogue compétitif",
    "Procédure négociée ouverte",
    "Procédure non négociée ouverte",
    "Procédure négociée restreinte",
    "Procédure non négociée restreinte",
)
"""Procedures that the orders of 2017, 2019 and 2022 allow, contracts and concessions together."""


def listed(values: tuple[str, ...]) -> str:
    return "(" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + ")"


def lost_signs(table: str, column: str, what: str) -> Rule:
    return Rule(
        "signes-perdus",
        table,
        column,
        Status.NOTED,
        f"contains({column}, chr(65533))",
        None,
        f"{what} contient le signe « � » : des lettres accentuées ont été perdues avant la publication. "
        "Elles sont irrécupérables ici : republiez en UTF-8 depuis la source.",
        "Un texte Windows-1252 lu comme UTF-8 perd ses accents pour toujours ; deviner serait inventer.",
    )


RULES = (
    Rule(
        "cpv-avec-cle",
        "contracts",
        "cpv",
        Status.REPAIRED,
        "cpv_shape = 'keyed'",
        "left(cpv, 8)",
        "Code CPV « {original} » : la clé est retirée, lu « {value} ». Elle est tolérée ; mieux vaut l'omettre.",
        "L'arrêté tolère la clé ; sans elle les codes se comparent.",
    ),
    Rule(
        "cpv-espaces",
        "contracts",
        "cpv",
        Status.REPAIRED,
        "cpv_shape = 'spaced'",
        "left(regexp_replace(cpv, '[^0-9]', '', 'g'), 8)",
        "Code CPV « {original} » : espaces en trop, lu « {value} ». Écrivez huit chiffres.",
        "Les huit chiffres sont là, dans l'ordre.",
    ),
    Rule(
        "cpv-prefixe",
        "contracts",
        "cpv",
        Status.REPAIRED,
        "cpv_shape = 'prefixed'",
        "regexp_extract(cpv, '[0-9]{8}')",
        "Code CPV « {original} » : un préfixe précède le code, lu « {value} ». Écrivez huit chiffres seuls.",
        "Un seul groupe de huit chiffres : pas d'autre lecture.",
    ),
    Rule(
        "cpv-mal-forme",
        "contracts",
        "cpv",
        Status.REFUSED,
        "cpv_shape = 'other'",
        None,
        "« {original} » n'est pas un code CPV : huit chiffres sont attendus (un zéro de tête s'est peut-être perdu). "
        "Le code n'est pas publié ; corrigez-le.",
        "Deviner le chiffre manquant changerait la famille d'achat.",
    ),
    Rule(
        "nature-hors-liste",
        "contracts",
        "nature",
        Status.NOTED,
        f"nature NOT IN {listed(NATURES)}",
        None,
        "« {original} » n'est pas une nature de la liste officielle. Choisissez-en une.",
        "Arrêtés de 2017, 2019 et 2022 : liste fermée.",
    ),
    Rule(
        "procedure-hors-liste",
        "contracts",
        "procedure",
        Status.NOTED,
        f"procedure NOT IN {listed(PROCEDURES)} AND container <> 'ocds'",
        None,
        "« {original} » n'est pas une procédure de la liste officielle. Choisissez-en une.",
        "Arrêtés de 2017, 2019 et 2022 : liste fermée.",
    ),
    lost_signs("contracts", "object", "L'objet"),
    lost_signs("contracts", "buyer_name", "Le nom de l'acheteur"),
    lost_signs("contracts", "place_name", "Le nom du lieu"),
    lost_signs("suppliers", "supplier_name", "Le nom du titulaire"),
)
