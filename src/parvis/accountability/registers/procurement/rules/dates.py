"""Days: AAAA-MM-JJ and nothing else; a day has no time zone, and no year before procurement data existed."""

from parvis.accountability.registers.procurement.rules.columns import DAYS
from parvis.core.registers.register import Rule, Status


def rewritten(column: str, title: str) -> tuple[Rule, ...]:
    """Return the rules of days written otherwise."""
    return (
        Rule(
            "date-avec-fuseau",
            "contracts",
            column,
            Status.REPAIRED,
            f"{column}_shape = 'zoned'",
            f"left({column}, 10)",
            f"Date de {title} « {{original}} » : un jour n'a ni heure ni fuseau, lu « {{value}} ». "
            "Écrivez le jour seul, AAAA-MM-JJ.",
            "Un jour civil n'a pas de fuseau : le garder ferait changer de jour selon qui lit.",
        ),
        Rule(
            "date-francaise",
            "contracts",
            column,
            Status.REPAIRED,
            f"{column}_shape = 'french'",
            f"right({column}, 4) || '-' || substr({column}, 4, 2) || '-' || left({column}, 2)",
            f"Date de {title} « {{original}} », lue « {{value}} ». Écrivez AAAA-MM-JJ.",
            "Le jour d'abord est l'usage français ; un mois impossible reste refusé.",
        ),
        Rule(
            "date-sans-zeros",
            "contracts",
            column,
            Status.REPAIRED,
            f"{column}_shape = 'unpadded'",
            f"split_part({column}, '-', 1) || '-' || lpad(split_part({column}, '-', 2), 2, '0') || "
            f"'-' || lpad(split_part({column}, '-', 3), 2, '0')",
            f"Date de {title} « {{original}} », lue « {{value}} ». Écrivez le mois et le jour sur deux chiffres.",
            "L'année d'abord : il n'y a pas d'autre lecture.",
        ),
    )


def unusable(column: str, title: str) -> tuple[Rule, ...]:
    """Return the rules of texts that give no day."""
    return (
        Rule(
            "annee-hors-bornes",
            "contracts",
            column,
            Status.REFUSED,
            f"{column}_shape = 'far'",
            None,
            f"Date de {title} « {{original}} » : l'année n'est pas possible. La date n'est pas "
            "publiée ; corrigez l'année.",
            "Une faute de frappe dans l'année fausserait toute durée et tout délai.",
        ),
        absent(column, f"La date de {title}"),
    )


def absent(column: str, what: str) -> Rule:
    """Return the rule of a text that says that there is no value."""
    return Rule(
        "absence-ecrite",
        "contracts",
        column,
        Status.REFUSED,
        f"{column}_shape = 'absent'",
        None,
        f"{what} : le fichier dit « {{original}} », et ne donne pas de valeur. Écrivez-la, ou retirez le champ.",
        "« NC » ou « NaN » n'est pas une valeur : la case reste vide, et c'est dit.",
    )


RULES = (
    *(rule for column, title in DAYS.items() for rule in (*rewritten(column, title), *unusable(column, title))),
    Rule(
        "sans-date-de-notification",
        "contracts",
        "notified_on",
        Status.NOTED,
        "notified_on IS NULL AND signed_on IS NULL AND version = '0' AND kind <> 'notice'",
        None,
        "La date de notification manque : ni le délai de publication ni le mois du marché ne se "
        "calculent. Ajoutez-la.",
        "Donnée essentielle obligatoire.",
    ),
    Rule(
        "sans-date-de-publication",
        "contracts",
        "published_on",
        Status.NOTED,
        "published_on IS NULL AND version = '0' AND container <> 'csv'",
        None,
        "La date de publication des données manque : le délai de publication ne se calcule pas. Ajoutez-la.",
        "Donnée essentielle obligatoire.",
    ),
    Rule(
        "publiee-avant-notification",
        "contracts",
        "published_on",
        Status.NOTED,
        "left(published_on, 10) < left(notified_on, 10) AND notified_on_shape IN ('day', 'zoned') "
        "AND published_on_shape IN ('day', 'zoned')",
        None,
        "Données publiées le {original}, avant la notification du marché : l'une des deux dates est "
        "fausse. Vérifiez-les.",
        "Un marché ne se publie pas avant d'exister.",
    ),
)
