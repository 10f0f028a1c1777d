"""Identifiers of buyers and suppliers: SIRET of 14 digits, whose last is a key; other types are kept as they are.

INSEE, SIRENE: a SIRET is a SIREN (9 digits, Luhn's key) and a number of establishment (5 digits, the whole under
Luhn's key).
"""

from dataclasses import dataclass

from parvis.core.registers.register import Rule, Status

WHO = {"buyer_id": "de l'acheteur", "supplier_id": "du titulaire"}
FRENCH = {"buyer_id": "container <> 'ocds'", "supplier_id": "coalesce(supplier_id_type, 'SIRET') = 'SIRET'"}
"""Column -> when it should hold a SIRET."""


@dataclass(frozen=True)
class Sirets:
    """A raw column that should hold SIRETs."""

    table: str
    column: str

    def rule(self, slug: str, status: Status, when: str, sentence: str, why: str) -> Rule:
        """Return a rule of this column; a repaired SIRET is the number that its keys prove."""
        value = f"lpad(CAST({self.column}_number AS VARCHAR), 14, '0')" if status is Status.REPAIRED else None
        return Rule(slug, self.table, self.column, status, f"{FRENCH[self.column]} AND {when}", value, sentence, why)

    def shaped(self, shape: str, *, proved: bool) -> str:
        """Return the SQL: the text has this shape, and its keys are right or not."""
        return f"{self.column}_shape = '{shape}' AND {'' if proved else 'NOT '}{self.column}_proved"


def proved(sirets: Sirets) -> tuple[Rule, ...]:
    """Return the rules of what the keys prove: the SIRET is repaired."""
    rule, shaped, who = sirets.rule, sirets.shaped, WHO[sirets.column]
    return (
        rule(
            "siret-espaces",
            Status.REPAIRED,
            shaped("spaced", proved=True),
            f"SIRET {who} « {{original}} » : espaces ou signes en trop, lu « {{value}} ». Écrivez 14 "
            "chiffres, sans rien d'autre.",
            "Sans les espaces, la clé est juste : le numéro est prouvé.",
        ),
        rule(
            "siret-zeros-perdus",
            Status.REPAIRED,
            shaped("short", proved=True),
            f"SIRET {who} « {{original}} » : il manque des zéros au début, lu « {{value}} ». Gardez "
            "ce champ en texte, non en nombre.",
            "Avec ses zéros, les deux clés (SIREN et SIRET) sont justes : le numéro est prouvé.",
        ),
        rule(
            "siret-decimal",
            Status.REPAIRED,
            shaped("decimal", proved=True),
            f"SIRET {who} « {{original}} » écrit comme un nombre à virgule, lu « {{value}} ». Gardez "
            "ce champ en texte.",
            "Un tableur a pris le SIRET pour un nombre ; ses chiffres sont tous là et la clé est juste.",
        ),
        rule(
            "siret-notation-scientifique",
            Status.REPAIRED,
            shaped("scientific", proved=True),
            f"SIRET {who} « {{original}} » en notation scientifique, lu « {{value}} ». Gardez ce champ en texte.",
            "Tous les chiffres sont là et la clé est juste.",
        ),
    )


def unproved(sirets: Sirets) -> tuple[Rule, ...]:
    """Return the rules of what no key proves: it is said, and the text is kept unless it would mix suppliers."""
    rule, shaped, column, who = sirets.rule, sirets.shaped, sirets.column, WHO[sirets.column]
    return (
        rule(
            "siret-chiffres-perdus",
            Status.REFUSED,
            shaped("scientific", proved=False),
            f"SIRET {who} « {{original}} » : un tableur en a perdu des chiffres, ils sont "
            "irrécupérables ici. Republiez depuis la source.",
            "Garder ce texte confondrait plusieurs entreprises sous un même numéro.",
        ),
        rule(
            "siren-au-lieu-du-siret",
            Status.NOTED,
            shaped("siren", proved=True),
            f"« {{original}} » est un SIREN : l'établissement {who} n'est pas dit. Écrivez le SIRET, 14 chiffres.",
            "L'entreprise est connue, le lieu ne l'est pas.",
        ),
        rule(
            "siret-cle-fausse",
            Status.NOTED,
            shaped("digits", proved=False),
            f"SIRET {who} « {{original}} » : la clé de contrôle est fausse, un chiffre au moins est "
            "erroné. Vérifiez-le sur l'annuaire SIRENE.",
            "La clé de Luhn échoue (et la règle propre à La Poste).",
        ),
        rule(
            "siret-mal-forme",
            Status.NOTED,
            f"({column}_shape = 'other' OR ({column}_shape IN ('siren', 'short', 'decimal', 'spaced') "
            f"AND NOT {column}_proved))"
            f" AND {column} NOT IN ('id', 'typeIdentifiant')",
            f"« {{original}} » n'est pas un SIRET {who} : 14 chiffres sont attendus. Corrigez-le, ou "
            "dites le bon type d'identifiant.",
            "Aucune lecture n'est prouvée : la valeur est gardée telle quelle.",
        ),
    )


TYPES = ("SIRET", "TVA", "TAHITI", "RIDET", "FRWF", "IREP", "HORS-UE")
"""Types of identifier that the orders of 2017, 2019 and 2022 allow."""

COLUMNS = (Sirets("contracts", "buyer_id"), Sirets("suppliers", "supplier_id"))

RULES = (
    *(rule for sirets in COLUMNS for rule in (*proved(sirets), *unproved(sirets))),
    Rule(
        "nom-de-champ-pour-valeur",
        "suppliers",
        "supplier_id",
        Status.REFUSED,
        "supplier_id IN ('id', 'typeIdentifiant')",
        None,
        "« {original} » est le nom d'un champ, écrit à la place de sa valeur : le titulaire est "
        "perdu. Republiez la modification.",
        "Un logiciel a parcouru l'objet du titulaire au lieu de le copier.",
    ),
    Rule(
        "identifiant-absent-ecrit",
        "suppliers",
        "supplier_id",
        Status.REFUSED,
        "supplier_id_shape = 'absent'",
        None,
        "« {original} » dit que l'identifiant du titulaire n'est pas connu. Écrivez-le, ou laissez le champ vide.",
        "Garder ce texte réunirait des titulaires sans rapport.",
    ),
    Rule(
        "identifiant-etranger-dit-siret",
        "suppliers",
        "supplier_id_type",
        Status.PROPOSED,
        "supplier_id_type = 'SIRET' AND supplier_id_shape = 'foreign'",
        "'TVA'",
        "Le titulaire porte un numéro de TVA, mais le type dit « {original} ». Écrivez « {value} ».",
        "Deux lettres de pays puis des chiffres : un numéro de TVA intracommunautaire.",
    ),
    Rule(
        "type-identifiant-inconnu",
        "suppliers",
        "supplier_id_type",
        Status.NOTED,
        f"supplier_id_type NOT IN {TYPES} AND source_row IN (SELECT source_row FROM raw.contracts "
        "WHERE container <> 'ocds')",
        None,
        "« {original} » n'est pas un type d'identifiant de la liste : SIRET, TVA, TAHITI, RIDET, FRWF, IREP, HORS-UE.",
        "Arrêtés de 2017, 2019 et 2022 : liste fermée.",
    ),
    Rule(
        "titulaire-sans-identifiant",
        "suppliers",
        "supplier_id",
        Status.NOTED,
        "supplier_id IS NULL AND supplier_name IS NOT NULL",
        None,
        "Le titulaire n'a pas d'identifiant, seulement un nom. Écrivez son SIRET.",
        "Un nom seul ne suffit pas à reconnaître une entreprise.",
    ),
    Rule(
        "ligne-repetee",
        "suppliers",
        "repeated",
        Status.NOTED,
        "TRY_CAST(repeated AS INTEGER) > 1",
        None,
        "La même ligne figure {original} fois : elle compte une fois. Supprimez les répétitions.",
        "Compter deux fois la même ligne doublerait le montant.",
    ),
)
