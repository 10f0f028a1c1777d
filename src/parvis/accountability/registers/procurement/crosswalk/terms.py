"""What a field of ours is called in OCDS 1.1, and what has no name there."""

from collections.abc import Mapping
from typing import Final

PREFIX: Final = "ocds-parvis"
"""An example: the prefix of a true publisher is given by the Open Contracting Partnership's register of prefixes."""

SIRET: Final = "FR-INSEE"  # org-id.guide's code for SIRENE
OTHER: Final = "X-"  # before the type of any other identifier, which no list of schemes knows

DAYS_A_MONTH: Final = 30.4375
"""OCDS counts durations in days."""

FIELDS: Final[Mapping[str, str]] = {
    "id": "contracts/id",
    "nature": "tender/additionalProcurementCategories",
    "framework_id": "contracts/relatedProcesses (framework)",
    "is_framework": "tender/value, au lieu de contracts/value",
    "object": "contracts/title",
    "cpv": "contracts/items/classification (CPV)",
    "procedure": "tender/procurementMethodDetails",
    "buyer_id": "parties/identifier/id (buyer)",
    "buyer_name": "parties/name (buyer)",
    "amount": "contracts/value/amount ; tender/value/amount pour le maximum d'un accord-cadre",
    "currency": "contracts/value/currency",
    "duration_months": "contracts/period/durationInDays",
    "notified_on": "contracts/dateSigned",
    "published_on": "date",
    "bids_received": "tender/numberOfTenderers",
    "modification_id": "contracts/amendments/id",
    "modified_on": "contracts/amendments/date",
    "modification_object": "contracts/amendments/description",
    "modification_published_on": "date de la version",
    "supplier_id": "parties/identifier/id (supplier)",
    "supplier_id_type": "parties/identifier/scheme (supplier)",
    "supplier_name": "parties/name (supplier)",
}
"""Field of ours -> where it goes."""

UNREAD: Final[Mapping[str, str]] = {
    "nature": "tender/additionalProcurementCategories",
    "framework_id": "contract/relatedProcesses",
    "is_framework": "tender/value",
    "duration_months": "contract/period",
    "modification_id": "contract/amendments",
    "modified_on": "contract/amendments",
    "modification_object": "contract/amendments",
}
"""Field of ours that the register's reader of OCDS does not read back -> the part of the release that carries it."""

REREAD: Final[Mapping[str, str]] = {
    "id": "revient précédé de l'ocid : un numéro OCDS n'est unique que dans sa procédure",
    "amount": "le maximum d'un accord-cadre reste dans « autres champs » (tender/value), hors de toute somme",
    "published_on": "chaque version revient comme un contenu de plus du même numéro, à sa propre date de publication",
    "modification_published_on": "devient la date de publication du contenu qu'est cette version",
    "supplier_id_type": "revient comme le nom OCDS du répertoire : FR-INSEE pour SIRET, X-TVA pour TVA",
}
"""Field of ours that the reader reads back otherwise -> how. The others of FIELDS come back as they were."""

LOST: Final[Mapping[str, str]] = {
    "kind": "rien ne distingue une concession d'un marché",
    "place_code": "le lieu d'exécution n'est pas dans le cœur d'OCDS 1.1, mais dans une extension",
    "place_code_type": "le lieu d'exécution n'est pas dans le cœur d'OCDS 1.1, mais dans une extension",
    "place_name": "le lieu d'exécution n'est pas dans le cœur d'OCDS 1.1, mais dans une extension",
    "price_form": "OCDS 1.1 n'a pas de champ pour la forme du prix",
    "group_type": "plusieurs titulaires disent le groupement, non s'il est conjoint ou solidaire",
    "subcontracting_declared": "la sous-traitance n'est pas dans le cœur d'OCDS 1.1, mais dans une extension",
    "signed_on": "OCDS 1.1 n'a qu'une date de signature, prise par la notification",
    "started_on": "le début d'exécution d'une concession n'est pas distingué",
    "global_value": "la valeur globale d'une concession n'est pas un montant de marché",
    "public_subsidy": "la subvention d'une concession n'a pas de champ",
    "extra": "les clauses sociales, environnementales et les actes de sous-traitance n'ont pas de champ",
    "source": "la plateforme d'origine n'est pas une donnée du marché",
}
"""Field of ours -> why it is lost."""

DERIVED: Final = frozenset(
    {
        "uid",
        "source_row",
        "version",
        "is_current",
        "has_duplicate",
        "buyer_siren",
        "supplier_siren",
        "rank",
        "release",
    }
)
"""Fields that we compute: they are computed again on the way back."""


def scheme(kind: str) -> str:
    """Return the scheme of a type of identifier."""
    return SIRET if kind == "SIRET" else OTHER + kind


def category(cpv: str | None) -> str | None:
    """Return the OCDS category of a CPV code: division 45 is works, from 50 on services, goods below."""
    if cpv is None:
        return None
    if cpv.startswith("45"):
        return "works"
    return "services" if cpv[:2] >= "50" else "goods"
