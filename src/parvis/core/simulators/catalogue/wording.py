"""Fields, values and periods, in French words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import isfinite

from parvis.core import french
from parvis.core.simulators.contract import Field, Value
from parvis.core.simulators.units import is_day, period_words, unit_words

KINDS: Mapping[str, str] = {"input": "Donnée", "output": "Calculé", "parameter": "Paramètre"}
KINDS_SINGULAR: Mapping[str, str] = {
    "input": "donnée que l’on donne au modèle",
    "output": "résultat que le modèle calcule",
    "parameter": "paramètre : une valeur fixée par la règle, que l’on peut changer pour essayer une réforme",
}
KINDS_PLURAL: Mapping[str, str] = {
    "input": "Données à donner",
    "output": "Résultats calculés",
    "parameter": "Paramètres",
}
TYPES: Mapping[str, str] = {
    "number": "nombre",
    "integer": "nombre entier",
    "bool": "oui ou non",
    "choice": "un choix dans une liste",
    "date": "date",
    "text": "texte",
    "scale": "barème : un taux par tranche",
}
PERIODS: Mapping[str, str] = {
    "day": "par jour",
    "weekday": "par jour",
    "week": "par semaine",
    "month": "par mois",
    "year": "par an",
    "eternity": "une fois pour toutes",
}
RATES = frozenset({"rate", "taux"})
"""Last parts of the names of what is a share of something: also said in percent."""


def period(text: str) -> str:
    """Say a period; one that no calendar has is said as it is written."""
    if text.lower() in PERIODS:
        return PERIODS[text.lower()]
    years = text.partition(":")[::2]
    is_known = all(part.isdecimal() or is_day(f"{part}-01") or is_day(part) for part in years if part)
    return period_words(text) if text and is_known else text


def value(given: Value, field: Field) -> str:
    """Say a value of a field, with its unit."""
    if given is None:
        return "n’existe plus"
    if isinstance(given, bool):
        return "oui" if given else "non"
    if isinstance(given, str):
        return _text(given, field)
    if not isfinite(given):
        return "non calculé" if given != given else "sans limite"  # noqa: PLR0124 -- NaN alone differs from itself
    written = french.NO_BREAK.join(filter(None, (french.exact(given), unit_words(field.unit))))
    is_rate = field.unit in {"1", "/1"} and field.name.rpartition(".")[2] in RATES
    return f"{written} ({french.percent(Decimal(repr(given)) * 100, 2)})" if is_rate else written


def _text(given: str, field: Field) -> str:
    label = next((choice.label for choice in field.choices if choice.value == given), given)
    return french.day(date.fromisoformat(label)) if is_day(label) else label


def bounds(field: Field) -> str:
    """Say the bounds of a field, "" where it has none."""
    low, high = field.bounds
    said = [
        f"{word} {value(bound, field)}" for word, bound in (("au moins", low), ("au plus", high)) if bound is not None
    ]
    return ", ".join(said)
