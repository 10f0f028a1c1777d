"""Situations as OpenFisca's web API takes them, simple and richer, and the same with one input changed."""

import copy
from typing import Any

import households
import numpy as np

YEAR = "2024"
PLURALS = {"individu": "individus", "famille": "familles", "foyer_fiscal": "foyers_fiscaux", "menage": "menages"}
ROLES = {
    "famille": ("parents", "enfants"),
    "foyer_fiscal": ("declarants", "personnes_a_charge"),
    "menage": ("personne_de_reference", "conjoint", "enfants", "autres"),
}
INCOME = {"revenu_disponible": {YEAR: None}}
TAX = {"impot_revenu_restant_a_payer": {YEAR: None}}
Payload = dict[str, Any]


def simple() -> Payload:
    """Return the household of reference/models.md: a couple, two children, tenants, wages of 24,000 and 36,000."""
    born = {"p0": "1984-05-14", "p1": "1986-09-02", "p2": "2013-03-21", "p3": "2017-11-08"}
    people = {name: {"date_naissance": {"ETERNITY": day}} for name, day in born.items()}
    people["p0"]["salaire_de_base"], people["p1"]["salaire_de_base"] = {YEAR: 24_000}, {YEAR: 36_000}
    months = households.months(YEAR)
    home = {
        "personne_de_reference": ["p0"], "conjoint": ["p1"], "enfants": ["p2", "p3"],
        "loyer": dict.fromkeys(months, 900), "depcom": dict.fromkeys(months, "69123"),
        "statut_occupation_logement": dict.fromkeys(months, "locataire_vide"),
    }  # fmt: skip
    tax = {"declarants": ["p0", "p1"], "personnes_a_charge": ["p2", "p3"]}
    family = {"parents": ["p0", "p1"], "enfants": ["p2", "p3"]}
    return {"individus": people, "menages": {"m0": home}, "familles": {"f0": family}, "foyers_fiscaux": {"t0": tax}}


def rich(seed: int) -> Payload:
    """Return a household of several incomes, benefits and tax units, drawn by a seed; nil values are not said."""
    table = households.rich(1, seed, YEAR)
    names = {key: [f"{key[0]}{row}" for row in range(rows.count)] for key, rows in table.entities.items()}
    whole: Payload = {}
    for key, rows in table.entities.items():
        said: Payload = {name: {} for name in names[key]}
        for (field, period), values in rows.columns.items():
            for name, value in zip(names[key], values, strict=True):
                if value:
                    said[name].setdefault(field, {})[period] = plain(value)
        whole[PLURALS[key]] = said
    for key, members in table.entities["individu"].groups.items():
        for name, row, role in zip(names["individu"], members.rows, members.roles, strict=True):
            whole[PLURALS[key]][names[key][row]].setdefault(ROLES[key][role], []).append(name)
    return whole


def plain(value: Any) -> Any:
    """Write a value of a column as JSON has it."""
    if isinstance(value, np.datetime64 | np.str_):
        return str(value)
    return value.item()


def wishing(payload: Payload, wish: Payload) -> Payload:
    """Ask for an output of each household, or of each tax unit."""
    asked = copy.deepcopy(payload)
    plural = "menages" if wish is INCOME else "foyers_fiscaux"
    for row in asked[plural].values():
        row.update(copy.deepcopy(wish))
    return asked


def changed(payload: Payload, step: int) -> Payload:
    """Change one input of a situation: by turns a wage, a rent, a birth."""
    other = copy.deepcopy(payload)
    person, home = other["individus"][next(iter(other["individus"]))], other["menages"][next(iter(other["menages"]))]
    if step % 3 == 1 and "loyer" in home:
        home["loyer"] = dict.fromkeys(home["loyer"], 500 + 35 * step)
    elif step % 3 == 2:
        person["date_naissance"] = {"ETERNITY": f"{1970 + step}-0{1 + step % 9}-11"}
    else:
        person["salaire_de_base"] = {YEAR: 18_000 + 1_700 * step}
    return other


def chart(payload: Payload, points: int, top: float) -> Payload:
    axis = {"name": "salaire_de_base", "count": points, "min": 0, "max": top, "period": YEAR}
    return payload | {"axes": [[axis]]}


def numbers(said: Any, path: str = "") -> dict[str, float]:
    """Return the numbers of an answer by their place, those of lists too."""
    pairs = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    found = {f"{path}": float(said)} if isinstance(said, int | float) and not isinstance(said, bool) else {}
    for key, value in pairs:
        found |= numbers(value, f"{path}/{key}")
    return found
