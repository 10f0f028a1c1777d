"""Places by their codes (INSEE, code officiel géographique): a region, a department in it, a commune in that.

A code is read as people write it, a name too, and what was understood is said in words. What is surely no code is
refused here; whether a commune exists is known to whom holds a list of them, and gives it in COMMUNES.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final, TypeAlias

from parvis.core.simulators.contract import Choice, WrongValue

REGIONS: Final = {
    "84": "Auvergne-Rhône-Alpes",
    "27": "Bourgogne-Franche-Comté",
    "53": "Bretagne",
    "24": "Centre-Val de Loire",
    "94": "Corse",
    "44": "Grand Est",
    "01": "Guadeloupe",
    "03": "Guyane",
    "32": "Hauts-de-France",
    "11": "Île-de-France",
    "04": "La Réunion",
    "02": "Martinique",
    "06": "Mayotte",
    "28": "Normandie",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "52": "Pays de la Loire",
    "93": "Provence-Alpes-Côte d'Azur",
}
NAMED: Final = {  # region -> its departments
    "84": "01 Ain, 03 Allier, 07 Ardèche, 15 Cantal, 26 Drôme, 38 Isère, 42 Loire, 43 Haute-Loire, 63 Puy-de-Dôme, "
    "69 Rhône, 73 Savoie, 74 Haute-Savoie",
    "27": "21 Côte-d'Or, 25 Doubs, 39 Jura, 58 Nièvre, 70 Haute-Saône, 71 Saône-et-Loire, 89 Yonne, "
    "90 Territoire de Belfort",
    "53": "22 Côtes-d'Armor, 29 Finistère, 35 Ille-et-Vilaine, 56 Morbihan",
    "24": "18 Cher, 28 Eure-et-Loir, 36 Indre, 37 Indre-et-Loire, 41 Loir-et-Cher, 45 Loiret",
    "94": "2A Corse-du-Sud, 2B Haute-Corse",
    "44": "08 Ardennes, 10 Aube, 51 Marne, 52 Haute-Marne, 54 Meurthe-et-Moselle, 55 Meuse, 57 Moselle, 67 Bas-Rhin, "
    "68 Haut-Rhin, 88 Vosges",
    "01": "971 Guadeloupe",
    "03": "973 Guyane",
    "32": "02 Aisne, 59 Nord, 60 Oise, 62 Pas-de-Calais, 80 Somme",
    "11": "75 Paris, 77 Seine-et-Marne, 78 Yvelines, 91 Essonne, 92 Hauts-de-Seine, 93 Seine-Saint-Denis, "
    "94 Val-de-Marne, 95 Val-d'Oise",
    "04": "974 La Réunion",
    "02": "972 Martinique",
    "06": "976 Mayotte",
    "28": "14 Calvados, 27 Eure, 50 Manche, 61 Orne, 76 Seine-Maritime",
    "75": "16 Charente, 17 Charente-Maritime, 19 Corrèze, 23 Creuse, 24 Dordogne, 33 Gironde, 40 Landes, "
    "47 Lot-et-Garonne, 64 Pyrénées-Atlantiques, 79 Deux-Sèvres, 86 Vienne, 87 Haute-Vienne",
    "76": "09 Ariège, 11 Aude, 12 Aveyron, 30 Gard, 31 Haute-Garonne, 32 Gers, 34 Hérault, 46 Lot, 48 Lozère, "
    "65 Hautes-Pyrénées, 66 Pyrénées-Orientales, 81 Tarn, 82 Tarn-et-Garonne",
    "52": "44 Loire-Atlantique, 49 Maine-et-Loire, 53 Mayenne, 72 Sarthe, 85 Vendée",
    "93": "04 Alpes-de-Haute-Provence, 05 Hautes-Alpes, 06 Alpes-Maritimes, 13 Bouches-du-Rhône, 83 Var, 84 Vaucluse",
}
DEPARTMENTS: Final = dict(one.split(" ", 1) for named in NAMED.values() for one in named.split(", "))
REGION_OF: Final = {one.split(" ", 1)[0]: region for region, named in NAMED.items() for one in named.split(", ")}

FORM: Final = re.compile(r"(?:\d{2}|2[AB])\d{3}")
POSTAL: Final = re.compile(r"\d{2}000|97\d00")
"""No commune bears these numbers, and the postal codes of whole cities do."""

PARIS: Final = "75056"
DISTRICTS: Final = {  # a city whose districts have codes of their own -> those
    PARIS: re.compile(r"751(?:0[1-9]|1\d|20)"),
    "69123": re.compile(r"6938[1-9]"),
    "13055": re.compile(r"132(?:0[1-9]|1[0-6])"),
}
MOST: Final = 6
"""Communes of one name that a refusal lists."""

Communes: TypeAlias = Callable[[str], tuple[Choice, ...] | None]
"""The communes, code and name, that have a text for their code or their name; None where no list of them is here."""

COMMUNES: Final[list[Communes]] = []


def department(text: str) -> str:
    """Read a department, its code or its name. Raises WrongValue."""
    code = text.strip().upper().zfill(2)
    found = code if code in DEPARTMENTS else BY_NAME.get(_letters(text))
    if found is None:
        raise WrongValue(
            f"« {text} » n'est ni le code d'un département ni son nom : écrivez par exemple 69, 2A, 971 ou Rhône."
        )
    return found


def department_words(code: str) -> str:
    return f"{DEPARTMENTS[code]} ({code})"


def commune(text: str) -> str:
    """Read a commune: its INSEE code, or its name where a list of communes is here. Raises WrongValue."""
    written = text.strip()
    code = written.upper().replace(" ", "").zfill(5)
    if not any(letter.isdigit() for letter in written):
        return _named(written)
    if reason := not_a_commune(code):
        raise WrongValue(reason)
    if known(code) == ():
        raise WrongValue(
            f"Aucune commune n'a « {code} » pour code INSEE : est-ce son code postal ? Écrivez plutôt son nom."
        )
    return code


def _named(name: str) -> str:
    found = known(name)
    if found is None:
        raise WrongValue(
            "La liste des communes n'est pas chargée ici : écrivez le code INSEE de la vôtre, comme 69123 pour Lyon."
        )
    if not found:
        raise WrongValue(f"Aucune commune ne se nomme « {name} » : écrivez son nom officiel, ou son code INSEE.")
    if len(found) > 1:
        listed = ", ".join(f"{one.value} ({_in(one.value)})" for one in found[:MOST])
        more = f", et {len(found) - MOST} autres" if len(found) > MOST else ""
        raise WrongValue(f"Plusieurs communes se nomment « {name} ». Écrivez le code de la vôtre : {listed}{more}.")
    return found[0].value


def _in(code: str) -> str:
    return DEPARTMENTS.get(department_of(code), "collectivité d'outre-mer")


def commune_words(code: str) -> str:
    """Name a commune by its code; the code alone where no list of communes is here."""
    found = known(code)
    return f"{found[0].label} ({code})" if found else code


def known(text: str) -> tuple[Choice, ...] | None:
    """Return what lists say of a commune's code or name; None where there is none."""
    said = [found for communes in COMMUNES if (found := communes(text)) is not None]
    return said[0] if said else None


def not_a_commune(code: str) -> str:
    """Say why a text is surely no commune's INSEE code; nothing where it may be one."""
    if not FORM.fullmatch(code):
        return f"« {code} » n'est pas un code INSEE : il a cinq caractères, comme 69123 pour Lyon."
    if department_of(code) not in DEPARTMENTS:
        return f"« {code} » n'est pas un code INSEE : il commence par celui du département, 2A ou 2B en Corse."
    if POSTAL.fullmatch(code):
        return f"« {code} » est un code postal : écrivez le code INSEE, comme 69123 pour Lyon."
    if code.startswith(PARIS[:2]) and whole(code) != PARIS:
        return f"« {code} » n'est pas un code INSEE : à Paris, ils vont de 75101 à 75120, et {PARIS} est la ville."
    return ""


def department_of(code: str) -> str:
    """Return the department that a commune's code begins by."""
    return code[: 3 if code.startswith("97") else 2]


def whole(code: str) -> str:
    """Return the city of a municipal district's code, and any other code as it is.

    >>> whole("75111")
    '75056'
    """
    return next((city for city, districts in DISTRICTS.items() if districts.fullmatch(code)), code)


def misplaced(region: str, department: str, commune: str) -> tuple[str, str] | None:
    """Say which of three codes is not inside the one before, and its name; "" is a code not given."""
    if commune and (reason := not_a_commune(commune)):
        return reason, "commune"
    if region and region not in REGIONS:
        return f"« {region} » n'est pas le code d'une région : comme 84 ou 11.", "region"
    if department and department not in DEPARTMENTS:
        return f"« {department} » n'est pas le code d'un département : comme 69, 2A ou 971.", "departement"
    if commune and department and department_of(commune) != department:
        of = department_words(department_of(commune))
        return f"La commune {commune} est dans un autre département, {of} : corrigez l'un des deux.", "commune"
    inside = department or (department_of(commune) if commune else "")
    if region and inside and REGION_OF[inside] != region:
        said = f"{department_words(inside)} est dans la région {REGIONS[REGION_OF[inside]]}, non {REGIONS[region]}"
        return f"{said} : corrigez l'un des deux.", "departement" if department else "commune"
    return None


def _letters(text: str) -> str:
    """Keep a name's letters only, without accents: « Côte d'Or » is « Côte-d'Or »."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text.casefold()) if letter.isalpha())


BY_NAME: Final = {_letters(name): code for code, name in DEPARTMENTS.items()}
