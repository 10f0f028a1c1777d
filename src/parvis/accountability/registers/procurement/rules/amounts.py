"""Amounts, durations and counts: what is written otherwise than as a plain number, and what no contract can be."""

from parvis.accountability.registers.procurement.rules.columns import COUNTS, MONEY
from parvis.accountability.registers.procurement.rules.dates import absent
from parvis.core.registers.register import Rule, Status


def rewritten(column: str, title: str) -> tuple[Rule, ...]:
    """Return the rules of euros written otherwise than as a plain number."""
    value = f"read_money({column}, {column}_shape)"
    return (
        Rule(
            "montant-mis-en-forme",
            "contracts",
            column,
            Status.REPAIRED,
            f"{column}_shape IN ('english', 'dressed')",
            value,
            f"{title} « {{original}} » est mis en forme, lu « {{value}} ». Écrivez le nombre seul, avec un point.",
            "Monnaie, espaces et parenthèses (négatif) se retirent sans doute possible ; une virgule "
            "suivie de trois chiffres reste refusée.",
        ),
        Rule(
            "montant-trop-precis",
            "contracts",
            column,
            Status.REPAIRED,
            f"{column}_shape = 'fine'",
            value,
            f"{title} « {{original}} » a plus de deux décimales, arrondi au centime : « {{value}} ».",
            "Le centime est la plus petite somme ; l'original est gardé.",
        ),
        Rule(
            "montant-notation-scientifique",
            "contracts",
            column,
            Status.REPAIRED,
            f"{column}_shape = 'scientific'",
            value,
            f"{title} « {{original}} » en notation scientifique, lu « {{value}} ». Écrivez tous les chiffres.",
            "Le nombre est le même, écrit autrement.",
        ),
    )


def doubtful(column: str, title: str) -> tuple[Rule, ...]:
    """Return the rules of what no contract can be, or hardly."""
    return (
        Rule(
            "montant-impossible",
            "contracts",
            column,
            Status.REFUSED,
            f"{column}_shape = 'impossible'",
            None,
            f"{title} « {{original}} » dépasse mille milliards d'euros : il n'est pas publié. Corrigez-le.",
            "Aucun marché n'atteint ce montant ; une seule ligne fausserait toute somme.",
        ),
        Rule(
            "montant-en-dollars",
            "contracts",
            column,
            Status.REFUSED,
            f"{column}_shape = 'dollars'",
            None,
            f"{title} « {{original}} » porte le signe du dollar : rien ne dit s'il est en euros. Écrivez le nombre "
            "seul, en euros.",
            "Un logiciel a pu ajouter ce signe à des euros, ou le montant est en dollars : le lire serait deviner.",
        ),
        Rule(
            "montant-negatif",
            "contracts",
            column,
            Status.NOTED,
            f"{column}_shape = 'negative'",
            None,
            f"{title} est négatif : « {{original}} ». Vérifiez le signe.",
            "Un marché a un montant ; une baisse se dit par une modification.",
        ),
        absent(column, title),
    )


def noted(slug: str, column: str, when: str, sentence: str, why: str) -> Rule:
    return Rule(slug, "contracts", column, Status.NOTED, when, None, sentence, why)


RULES = (
    *(rule for column, title in MONEY.items() for rule in (*rewritten(column, title), *doubtful(column, title))),
    noted(
        "montant-nul",
        "amount",
        "amount_shape = 'zero' AND version = '0'",
        "Le montant est 0 : un marché a un montant, estimé s'il le faut. Écrivez-le.",
        "Zéro est le plus souvent une case laissée vide ; il est gardé, et dit.",
    ),
    noted(
        "montant-symbolique",
        "amount",
        "amount_shape = 'symbolic' AND version = '0'",
        "Le montant est de {original} euro : sans doute une case remplie pour passer un contrôle. "
        "Écrivez le montant estimé.",
        "Un euro symbolique n'est pas l'estimation que la loi demande.",
    ),
    noted(
        "montant-tres-grand",
        "amount",
        "amount_shape = 'huge'",
        "Le montant « {original} » dépasse cent millions d'euros : vérifiez qu'il est en euros et non en centimes.",
        "Rare et possible : gardé, et signalé à qui compte.",
    ),
    noted(
        "montant-autre-monnaie",
        "amount",
        "amount IS NOT NULL AND currency <> 'EUR'",
        "Le montant « {original} » est dans une autre monnaie que l'euro : il est gardé, hors de toute somme.",
        "Additionner deux monnaies donnerait un nombre faux ; aucun cours n'est publié avec le marché.",
    ),
    noted(
        "sans-montant",
        "amount",
        "amount IS NULL AND version = '0' AND kind = 'contract'",
        "Le montant manque. Ajoutez-le : c'est une donnée essentielle.",
        "Donnée essentielle obligatoire.",
    ),
    *(absent(column, title) for column, title in COUNTS.items()),
    noted(
        "duree-nulle",
        "duration_months",
        "duration_months_shape = 'zero'",
        "La durée est de 0 mois : écrivez au moins 1.",
        "La durée se compte en mois entiers, un au moins.",
    ),
    noted(
        "duree-tres-longue",
        "duration_months",
        "duration_months_shape = 'long'",
        "La durée est de {original} mois, plus de cinquante ans : sans doute des jours. Vérifiez-la.",
        "La durée se compte en mois.",
    ),
    Rule(
        "duree-a-virgule",
        "contracts",
        "duration_months",
        Status.REPAIRED,
        "duration_months_shape = 'fraction'",
        "CAST(CAST(ceil(TRY_CAST(duration_months AS DOUBLE)) AS INTEGER) AS VARCHAR)",
        "Durée de « {original} » mois, lue « {value} ». Écrivez un nombre entier de mois.",
        "Un mois commencé compte pour un mois.",
    ),
    noted(
        "aucune-offre",
        "bids_received",
        "bids_received_shape = 'zero'",
        "Aucune offre reçue, et pourtant un titulaire : le nombre est d'au moins 1. Corrigez-le.",
        "Arrêté du 22 décembre 2022 : un marché attribué a reçu une offre au moins.",
    ),
)
