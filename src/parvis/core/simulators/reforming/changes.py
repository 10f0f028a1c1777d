"""A reform in an address: it names no one, so that it is a link. « parameter~value~from~until », one a change."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from parvis.core.simulators.calculating.answers import day, number, yes
from parvis.core.simulators.contract import Change, Dated, Field, Ref, Value, WrongValue
from parvis.core.simulators.identity import whole
from parvis.core.simulators.units import written

MOST: Final = 20
"""Changes of one reform: a longer one is a file, for the API and the command."""

SEPARATOR: Final = "~"
VALUE, START, STOP = "valeur", "debut", "fin"
"""The boxes of a new change; a refusal's second argument names the one to mend."""


def written_change(change: Change) -> str:
    """Write a change as an address holds it."""
    value = json.dumps(change.value).replace(SEPARATOR, "\\u007e")
    parts = [change.parameter, value, change.start.isoformat(), change.stop.isoformat() if change.stop else ""]
    return SEPARATOR.join(parts).rstrip(SEPARATOR)


def read_changes(texts: Iterable[str]) -> tuple[Change, ...]:
    """Read the changes of an address. Raises WrongValue."""
    found = tuple(_read(text) for text in texts if text)
    if len(found) > MOST:
        raise WrongValue(f"Cette réforme a plus de {MOST} changements : enlevez-en, ou passez par l'API.")
    return found


def _read(text: str) -> Change:
    parameter, value, start, stop = (*text.split(SEPARATOR), "", "", "")[:4]
    try:
        said = json.loads(value)
        first, last = date.fromisoformat(start), date.fromisoformat(stop) if stop else None
    except ValueError as error:
        raise WrongValue(f"Un changement de ce lien ne se lit pas (« {text[:80]} ») : refaites-le ici.") from error
    if isinstance(said, list | dict) or (isinstance(said, float) and not abs(said) < float("inf")):
        raise WrongValue(f"Un changement de ce lien ne donne pas une valeur simple (« {text[:80]} »).")
    return Change(parameter, whole(said), first, last)


def made(field: Field, texts: Mapping[str, str]) -> Change:
    """Make a change of what a person wrote. Raises WrongValue, whose second argument names the box to mend."""
    value = _box(VALUE, texts, lambda text: _value(field, text))
    start = date.fromisoformat(str(_box(START, texts, day)))
    stop = date.fromisoformat(str(_box(STOP, texts, day))) if texts.get(STOP, "").strip() else None
    if stop is not None and stop <= start:
        raise WrongValue("La fin doit venir après le début.", STOP)
    return Change(field.name, value, start, stop)


def _box(name: str, texts: Mapping[str, str], reading: Callable[[str], Value]) -> Value:
    try:
        return reading(texts.get(name, "").strip())
    except WrongValue as refusal:
        raise WrongValue(str(refusal), name) from refusal


def _value(field: Field, text: str) -> Value:
    """Read a parameter's new value: « 45 % » is 0.45."""
    if field.type == "bool":
        return yes(text)
    if field.type == "date":
        return day(text)
    if field.type in {"choice", "text"}:
        return _known(field, text)
    return whole(_rounded(number(text.removesuffix("%")) / 100) if text.endswith("%") else number(text, field.unit))


def _rounded(share: float) -> float:
    """Undo what dividing by 100 leaves of binary: 4.1 % is 0.041."""
    return float(f"{share:.12g}")


def _known(field: Field, text: str) -> str:
    if not text or (field.choices and text not in {choice.value for choice in field.choices}):
        known = ", ".join(f"« {choice.value} »" for choice in field.choices)
        raise WrongValue(f"Écrivez une des valeurs de ce paramètre{f' : {known}' if known else ''}.")
    return text


def in_force(field: Field, on: date) -> Dated | None:
    """Return a parameter's value on a day, with its law; None before the first, or where it no longer exists."""
    past = [dated for dated in field.history if dated.start <= on]
    return past[-1] if past else None


def value_words(field: Field, value: Value) -> str:
    """Write a parameter's value: a share is said in percent."""
    is_share = isinstance(value, float) and field.unit == "1" and 0 < abs(value) < 1
    return written(_rounded(100 * float(value or 0)), "%") if is_share else written(value, field.unit)


def laws(field: Field, on: date) -> tuple[Ref, ...]:
    """Return what sets a parameter's value on a day, or the parameter's own references."""
    dated = in_force(field, on)
    return dated.refs if dated and dated.refs else field.refs
