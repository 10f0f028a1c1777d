"""Units and periods in French words: models write UCUM and ISO 4217, people read « € par an » and « l'année 2024 »."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from parvis.core import french
from parvis.core.simulators.contract import Value

WORDS: Final[Mapping[str, str]] = {
    "EUR": "€",
    "1": "",
    "%": "%",
    "a": "ans",
    "mo": "mois",
    "d": "jours",
    "h": "heures",
    "m2": "m²",
    "K": "°C",
    "Cel": "°C",
    "t": "t",
    "kg": "kg",
    "Gt": "Gt",
    "Mt": "Mt",
    "kg[CO2e]": "kg d’équivalent CO₂",
    "t[CO2e]": "t d’équivalent CO₂",
    "Gt[CO2]": "Gt de CO₂",
    "Mt[CO2]": "Mt de CO₂",
}
PER: Final[Mapping[str, str]] = {"a": "par an", "mo": "par mois", "d": "par jour", "h": "par heure", "m2": "par m²"}
SINGULAR: Final[Mapping[str, str]] = {"ans": "an", "jours": "jour", "heures": "heure"}


def unit_words(unit: str) -> str:
    """Return a unit's words: « EUR/a » gives « € par an »; one that is not known is said as it is written."""
    amount, _, per = unit.partition("/")
    words = [WORDS.get(amount, amount), PER.get(per, f"par {per}") if per else ""]
    return french.NO_BREAK.join(word for word in words if word).replace(" ", french.NO_BREAK)


def written(value: Value, unit: str = "") -> str:
    """Write a value with its unit: « 1 234,50 € », « oui », « 12 mars 1985 », or « non renseigné »."""
    if value is None or isinstance(value, bool):
        return {None: "non renseigné", True: "oui", False: "non"}[value]
    if isinstance(value, str):
        return french.day(date.fromisoformat(value)) if is_day(value) else value
    words = unit_words(unit)
    words = SINGULAR.get(words, words) if abs(value) < 2 else words
    return f"{amount(value, unit)}{french.NO_BREAK}{words}" if words else amount(value, unit)


def amount(value: float, unit: str = "") -> str:
    """Write a number as its unit is read: cents only where a sum has some, four digits of a small rate."""
    if unit.startswith("EUR"):
        return french.number(value, 0 if round(value, 2) == round(value) else 2)
    if not unit and value == int(value) and abs(value) < 10_000:
        return str(int(value)).replace("-", "\u2212")  # a year, a count: no thin space in four digits
    return french.number(value, 4).rstrip("0").rstrip(",") if abs(value) < 1 and value else french.number(value)


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, in ISO 8601."""
    try:
        return len(text) == len("2024-01-01") and bool(date.fromisoformat(text))
    except ValueError:
        return False


def period_words(period: str) -> str:
    """Write a period with its article: « l'année 2024 », « janvier 2024 », « les années 1850 à 2100 »."""
    first, _, last = period.partition(":")
    if last:
        return f"les années {first} à {last}"
    return f"l’année{french.NO_BREAK}{period}" if len(period) == len("2024") else french.period(period)
