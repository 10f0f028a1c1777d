"""The French names of a bill's steps and divisions, from the codes of La Fabrique de la Loi."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from parvis.participation.reading import Fields, UnknownValue

CHAMBERS: Final = {
    "assemblee": "Assemblée nationale",
    "senat": "Sénat",
    "CMP": "Commission mixte paritaire",
    "conseil constitutionnel": "Conseil constitutionnel",
    "gouvernement": "Gouvernement",
    "congrès": "Congrès",
}
READINGS: Final = {
    "1ère lecture": "1re lecture",
    "2ème lecture": "2e lecture",
    "3ème lecture": "3e lecture",
    "nouv. lect.": "nouvelle lecture",
    "l. définitive": "lecture définitive",
    "CMP": "texte de la commission mixte paritaire",
    "constitutionnalité": "contrôle de constitutionnalité",
    "promulgation": "promulgation",
    "congrès": "Congrès",
}
ACTS: Final = {"depot": "texte déposé", "commission": "texte de la commission", "hemicycle": "texte de la séance"}
ROMAN: Final = ("", "Ier", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
LETTERS: Final = {"L": "livre", "T": "titre", "C": "chapitre", "S": "section"}
LEVEL: Final = re.compile(r"([LTCS])(\d+)((?: [a-zA-Z]+)*)")


def named(code: str, names: Mapping[str, str], what: str, where: str) -> str:
    """Return the French name of a code."""
    if code not in names:
        raise UnknownValue(code, what, where)
    return names[code]


def title(stage: str, chamber: str, act: str, where: str) -> str:
    """Return « Assemblée nationale, 1re lecture : texte déposé »."""
    reading = named(stage, READINGS, "une lecture", where)
    if chamber == "CMP":
        return "Commission mixte paritaire : texte proposé"
    said = f"{named(chamber, CHAMBERS, 'une institution', where)}, {reading}"
    return f"{said} : {named(act, ACTS, 'un acte de procédure', where)}" if act else said


def divisions(sections: Sequence[Mapping[str, str]], where: str) -> dict[str, tuple[str, ...]]:
    """Return the names of the divisions above each division, itself included, by its code."""
    names: dict[str, str] = {}
    for found in sections:
        fields = Fields(dict(found), f"{where}, divisions")
        code, new = fields.must("id"), fields.take("newid", None)
        names[code] = division(new or code, fields.must("titre"), fields.must("type_section"), fields.where)
        fields.leave("type")  # always « section »: `type_section` says which
        fields.over()
    return {"": ()} | {code: tuple(names[above] for above in names if is_above(above, code)) for code in names}


def known_above(code: str, known: Collection[str]) -> str:
    """Return the division if it is known, else the widest part of its code that is: C1 for an unknown C1S5."""
    while code not in known:
        code = re.sub(r"[LTCS][^LTCS]*$", "", code)
    return code


def is_above(above: str, code: str) -> bool:
    """Whether a division is the other, or holds it: C1 holds C1S2 and not C12, C1S2 does not hold C1S2 bis."""
    return code == above or re.fullmatch(re.escape(above) + r"[LTCS]\d.*", code) is not None


def division(code: str, heading: str, level: str, where: str) -> str:
    """Return « Chapitre Ier : Les déclarations » for the code C1."""
    found = list(LEVEL.finditer(code))
    if not found or LETTERS[found[-1][1]] != level:
        raise UnknownValue(code, f"un code de division ({level})", where)
    rank = int(found[-1][2])
    number = str(rank) if level == "section" else ROMAN[rank]
    return f"{level.capitalize()} {number}{found[-1][3]} : {heading}"
