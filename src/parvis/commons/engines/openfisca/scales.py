"""Scales, said in a sentence for each day that they changed."""

import datetime as dt
from typing import Final

from openfisca_core.parameters import Parameter, ParameterScale

from parvis.commons.engines.openfisca import units
from parvis.core import french

EURO: Final = dt.date(2002, 1, 1)
PARTS: Final = {"threshold": "seuil", "rate": "taux", "amount": "montant", "average_rate": "taux moyen"}


def days(scale: ParameterScale) -> list[str]:
    """Give the days on which a part of a scale changed, oldest first."""
    parts = (part for bracket in scale.brackets for part in bracket.children.values())
    return sorted({value.instant_str for part in parts for value in part.values_list})


def sentence(scale: ParameterScale, day: str) -> str | None:
    """Say a scale as it stands on a day; None where it does not exist then."""
    said = [_bracket(scale, bracket.children, day) for bracket in scale.brackets]
    return " ; ".join(filter(None, said)) or None


def _bracket(scale: ParameterScale, parts: dict[str, Parameter], day: str) -> str:
    found = {part: parameter.get_at_instant(day) for part, parameter in parts.items()}
    threshold = found.pop("threshold", None)
    what = {part: value for part, value in found.items() if value is not None}
    if threshold is None or not what:
        return ""
    part, value = next(iter(what.items()))
    its_unit = unit_of(scale, parts[part], part)
    shown = f"{french.exact(value * 100)} %" if "rate" in part else with_unit(value, its_unit, day)
    return f"{shown} à partir de {with_unit(threshold, unit_of(scale, parts['threshold'], 'threshold'), day)}"


def unit_of(scale: ParameterScale, parameter: Parameter, part: str) -> str:
    """Give the unit of a part: its own, or the one that its scale gives for such parts."""
    kind = "rate" if "rate" in part else part
    said = parameter.metadata.get("unit") or scale.metadata.get(f"{kind}_unit")
    if said is None and kind == "rate":
        return "1"
    return units.unit(said)


def unit(scale: ParameterScale) -> str:
    """Give the unit of what a scale gives."""
    parts = scale.brackets[0].children if scale.brackets else {}
    found = [unit_of(scale, parameter, part) for part, parameter in parts.items() if part != "threshold"]
    return found[0] if found else ""


def with_unit(value: float, ucum: str, day: str) -> str:
    if ucum == "EUR":
        return f"{french.exact(value)} {'€' if dt.date.fromisoformat(day) >= EURO else 'F'}"
    return f"{french.exact(value)} {ucum.strip('{}')}" if ucum.startswith("{") else french.exact(value)
