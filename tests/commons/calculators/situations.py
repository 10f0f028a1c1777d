"""The typical cases of the calculators, written again by hand in OpenFisca's own JSON: what each must be equal to."""

from collections.abc import Mapping, Sequence
from typing import Any

YEARS = ("2022", "2023", "2024")


def every(value: object) -> dict[str, object]:
    return dict.fromkeys(YEARS, value)


def born(year: int) -> dict[str, object]:
    return {"date_naissance": {"ETERNITY": f"{year}-01-01"}}


def household(
    adults: Sequence[Mapping[str, object]],
    children: Sequence[int] = (),
    *,
    foyer: Mapping[str, object] | None = None,
    menage: Mapping[str, object] | None = None,
    apart: bool = False,
) -> dict[str, Any]:
    """Write a household: its adults, the birth years of its children, one tax return or one each."""
    grown = [f"adulte {rank}" for rank in range(len(adults))]
    young = [f"enfant {rank}" for rank in range(len(children))]
    persons = dict(zip(grown, adults, strict=True)) | dict(zip(young, map(child, children), strict=True))
    first = {"declarants": grown[:1] if apart else grown, "personnes_a_charge": young, **(foyer or {})}
    foyers = {"un": first} | ({"deux": {"declarants": grown[1:], **(foyer or {})}} if apart else {})
    together = {"personne_de_reference": grown[:1], "conjoint": grown[1:], "enfants": young}
    return {
        "individus": persons,
        "familles": {"une": {"parents": grown, "enfants": young}},
        "foyers_fiscaux": foyers,
        "menages": {"un": {**together, **(menage or {})}},
    }


def child(year: int) -> dict[str, object]:
    return born(year)


def earning(year: int, monthly: float) -> dict[str, object]:
    """Write someone paid so much a month, before contributions, for three years."""
    return {
        **born(year),
        "salaire_de_base": every(monthly * 12),
        "activite": every("actif"),
        "categorie_salarie": every("prive_non_cadre"),
    }


def idle(year: int, **given: object) -> dict[str, object]:
    return {**born(year), "categorie_salarie": every("non_pertinent"), "activite": every("inactif"), **given}


def dwelling(status: str, rent: float = 0, commune: str = "45234") -> dict[str, object]:
    return {"statut_occupation_logement": every(status), "loyer": every(rent * 12), "depcom": every(commune)}


INCOME_TAX = {
    "Une personne seule au salaire médian": household([{**born(1984), "salaire_imposable": {"2024": 26_000}}]),
    "Un couple avec deux enfants": household(
        [
            {**born(1984), "salaire_imposable": {"2024": 30_000}},
            {**born(1984), "salaire_imposable": {"2024": 24_000}},
        ],
        [2021, 2015],
        foyer={"f7ga": {"2024": 2_000}},
    ),
    "Une mère seule avec un enfant": household(
        [{**born(1984), "salaire_imposable": {"2024": 21_000}}], [2017], foyer={"caseT": {"2024": True}}
    ),
    "Un couple de retraités": household(
        [
            {**born(1950), "retraite_imposable": {"2024": 19_000}},
            {**born(1953), "retraite_imposable": {"2024": 14_000}},
        ],
        foyer={"f7db": {"2024": 1_500}},
    ),
    "Un cadre seul": household(
        [{**born(1984), "salaire_imposable": {"2024": 95_000}}], foyer={"f7uf": {"2024": 1_000}}
    ),
}
DISPOSABLE_INCOME = {
    "Une personne seule au SMIC, locataire": household(
        [earning(1984, 1_767)],
        foyer={"depcom_foyer": every("45234")},
        menage=dwelling("locataire_vide", 480),
    ),
    "Un couple avec deux enfants, locataires": household(
        [earning(1984, 2_400), earning(1984, 1_800)],
        [2021, 2015],
        foyer={"depcom_foyer": every("69123")},
        menage=dwelling("locataire_vide", 750, "69123"),
    ),
    "Une mère seule sans emploi, en HLM": household(
        [idle(1984)],
        [2019],
        foyer={"depcom_foyer": every("45234"), "caseT": every(value=True)},
        menage=dwelling("locataire_hlm", 380),
    ),
    "Un couple en union libre, l'un au chômage": household(
        [
            earning(1984, 2_000),
            idle(1984, activite=every("chomeur"), allocation_retour_emploi=every(12_000)),
        ],
        foyer={"depcom_foyer": every("45234")},
        menage=dwelling("locataire_vide", 600),
        apart=True,
    ),
    "Un couple de retraités propriétaires": household(
        [
            idle(1950, activite=every("retraite"), retraite_brute=every(19_200)),
            idle(1953, activite=every("retraite"), retraite_brute=every(13_200)),
        ],
        foyer={"depcom_foyer": every("45234")},
        menage=dwelling("proprietaire"),
    ),
}


def netting(wage: float = 0, other: float = 0) -> dict[str, object]:
    """Write someone paid so much a month after contributions, the same for three years."""
    paid, received = {"2024": wage * 12}, {"2024": other * 12}
    before = {"salaire_imposable": {"2022": wage * 12}, "chomage_imposable": {"2022": other * 12}}
    return {**born(1984), "salaire_net": paid, "chomage_net": received, **before}


def family(
    adults: Sequence[Mapping[str, object]],
    children: Sequence[int] = (),
    *,
    housing: float = 0,
    status: str = "locataire_vide",
) -> dict[str, Any]:
    """Write a household that is helped to pay its rent, so much a month, or that has none to pay."""
    found = household(adults, children, menage={"statut_occupation_logement": {"2024": status}})
    return {**found, "familles": {"une": {**found["familles"]["une"], "aide_logement": {"2024": housing * 12}}}}


ACTIVITY_BONUS = {
    "Une personne seule au SMIC": family([netting(1_400)]),
    "Un couple, l'un à mi-temps, deux enfants": family([netting(1_500), netting(700)], [2019, 2015], housing=120),
    "Une mère seule à temps partiel": family([netting(900)], [2020], housing=300),
    "Un couple propriétaire, l'un au chômage": family([netting(1_300), netting(other=200)], status="proprietaire"),
}
SITUATIONS = {
    "impot-sur-le-revenu": INCOME_TAX,
    "revenu-disponible": DISPOSABLE_INCOME,
    "prime-d-activite": ACTIVITY_BONUS,
}
