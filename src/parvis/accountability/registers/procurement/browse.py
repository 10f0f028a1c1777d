"""How contracts are listed, filtered and shown."""

from collections.abc import Mapping
from typing import Any

from parvis.accountability.registers.procurement.labels import DEPARTMENTS, DIVISIONS
from parvis.core.registers.browsing import Amount, Browse, Facet, Link, Party, Sort, Untitled

KINDS = {"contract": "Marché", "concession": "Concession"}

DEPARTMENT = """
    case when place_code_type ilike '%commune%' or place_code_type ilike '%postal%' or place_code_type ilike '%insee%'
         then left(place_code, case when place_code like '97%' or place_code like '98%' then 3 else 2 end)
         when place_code_type ilike '%partement%' then place_code end
"""
"""The department of the place of execution, read from its code where the code says one: v1 leaves this text free."""

AMOUNT_BANDS = {
    "1": "moins de 40 000 €",
    "2": "de 40 000 à 90 000 €",
    "3": "de 90 000 à 500 000 €",
    "4": "de 500 000 à 5 000 000 €",
    "5": "5 000 000 € et plus",
}


def untitled(contract: Mapping[str, Any]) -> str:
    """Name a contract whose object is not published, as most of v2's are: its number, what kind of thing."""
    said = f"Objet non publié, n° {contract['id']}" if contract["id"] else "Objet non publié"
    division = DIVISIONS.get((contract["cpv"] or "")[:2], "")
    return f"{said} ({division.partition(' ')[2].lower()})" if division else said


BROWSE = Browse(
    table="contracts",
    noun=("marché", "marchés"),
    key="uid",
    title="object",
    untitled=Untitled(("id", "cpv"), untitled),
    date="notified_on",
    amount=Amount(
        column="amount",
        title="Montant notifié",
        is_maximum="is_framework",
        maximum_title="Maximum des accords-cadres",
        left_out="Quand un numéro porte plusieurs contenus (souvent des lots), un seul entre dans ces sommes.",
        left_out_question="numeros-partages",
    ),
    search=("object", "buyer_name", "id", "cpv"),
    shown=("notified_on", "object", "buyer_name", "amount"),
    version="version",
    facets=(
        Facet("annee", "Année de notification", "year(notified_on)::varchar"),
        Facet("procedure", "Procédure", "procedure"),
        Facet("nature", "Nature", "nature"),
        Facet("type", "Contrat", "kind", KINDS),
        Facet("division", "Domaine (division CPV)", "left(cpv, 2)", DIVISIONS),
        Facet("departement", "Département d'exécution", DEPARTMENT, DEPARTMENTS),
        Facet(
            "tranche",
            "Montant",
            "case when amount < 40000 then '1' when amount < 90000 then '2' when amount < 500000 then '3' "
            "when amount < 5000000 then '4' when amount is not null then '5' end",
            AMOUNT_BANDS,
        ),
        Facet(
            "offres",
            "Offres reçues",
            "case when bids_received >= 10 then '10 et plus' else bids_received::varchar end",
        ),
    ),
    sorts=(
        Sort("recents", "du plus récent au plus ancien", "notified_on"),
        Sort("anciens", "du plus ancien au plus récent", "notified_on", descending=False),
        Sort("montant", "du plus grand montant au plus petit", "amount"),
        Sort("petits", "du plus petit montant au plus grand", "amount", descending=False),
    ),
    parties=(
        Party("acheteurs", "Acheteur", "Acheteurs", "contracts", "buyer_id", "buyer_name"),
        Party(
            "titulaires",
            "Titulaire",
            "Titulaires",
            "suppliers",
            "supplier_id",
            "supplier_name",
            with_others="en groupement",
        ),
    ),
    links=(Link("suppliers", ("uid", "source_row", "version"), "rank"),),
)
