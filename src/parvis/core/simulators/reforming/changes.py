"""A reform in an address: it names no one, so that it is a link. « parameter~value~from~until », one a change."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from parvis.core.simulators.calculating.answers import LARGEST, LONGEST, day, number, yes
from parvis.core.simulators.calculators import WrongAnswer
from parvis.core.simulators.contract import Change, Field, Ref, Value, WrongValue
from parvis.core.simulators.identity import whole
from parvis.core.simulators.units import written

MOST: Final = 20
"""Changes of one reform: a longer one is a file, for the API and the command."""

LONGEST_CHANGE: Final = 4_000
LONGEST_HOUSEHOLD: Final = 40_000
"""Characters of what an address, or a page, carries: more is none of ours."""

SEPARATOR: Final = "~"
VALUE, START, STOP = "valeur", "debut", "fin"
"""The boxes of a new change."""


def written_change(change: Change) -> str:
    """Write a change as an address holds it."""
    value = json.dumps(change.value).replace(SEPARATOR, "\\u007e")
    parts = [change.parameter, value, change.start.isoformat(), change.stop.isoformat() if change.stop else ""]
    return SEPARATOR.join(parts).rstrip(SEPARATOR)


def carried(text: str, longest: int) -> object:
    """Read JSON that comes back from outside: bounded, and made of characters. Raises ValueError."""
    if len(text) > longest:
        raise ValueError(f"{len(text)} caractères")
    try:
        said = json.loads(text)
        json.dumps(said, ensure_ascii=False).encode()  # half of a character (« \\ud800 ») cannot be shown
    except RecursionError as error:
        raise ValueError("trop de niveaux") from error
    return said


def household(text: str) -> dict[str, str]:
    """Read the answers that a page carries from one step to the next. Raises WrongValue."""
    try:
        said = carried(text, LONGEST_HOUSEHOLD)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise WrongValue("Votre foyer ne se lit plus dans cette page : repartez du calculateur.")
    return {str(name): str(value) for name, value in said.items()}


def read_change(text: str) -> Change:
    """Read a change of an address. Raises WrongValue."""
    parameter, value, start, stop = (*text.split(SEPARATOR), "", "", "")[:4]
    try:
        said = carried(value, LONGEST_CHANGE)
        first, last = date.fromisoformat(start), date.fromisoformat(stop) if stop else None
    except ValueError as error:
        raise WrongValue(f"Un changement de ce lien ne se lit pas (« {text[:80]} ») : refaites-le ici.") from error
    if not isinstance(said, bool | int | float | str | None) or not _is_within(said):
        raise WrongValue(f"Un changement de ce lien ne donne pas une valeur simple (« {text[:80]} »).")
    return Change(parameter, whole(said), first, last)


def _is_within(value: Value) -> bool:
    return not isinstance(value, int | float) or abs(value) < LARGEST


def refuse_many(changes: Sequence[Change]) -> None:
    """Refuse a reform of too many changes. Raises WrongValue."""
    if len(changes) > MOST:
        raise WrongValue(f"Une réforme a {MOST} changements au plus : enlevez-en, ou passez par l'API.")


def made(field: Field, texts: Mapping[str, str]) -> Change:
    """Make a change of what a person wrote. Raises WrongAnswer, which names the box to mend."""
    value = _box(VALUE, texts, lambda text: _value(field, text))
    start = date.fromisoformat(str(_box(START, texts, day)))
    stop = date.fromisoformat(str(_box(STOP, texts, day))) if texts.get(STOP, "").strip() else None
    if stop is not None and stop <= start:
        raise WrongAnswer("La fin doit venir après le début.", box=STOP)
    return Change(field.name, value, start, stop)


def _box(name: str, texts: Mapping[str, str], reading: Callable[[str], Value]) -> Value:
    text = texts.get(name, "").strip()
    if len(text) > LONGEST:
        raise WrongAnswer(f"Cette réponse est trop longue : {LONGEST} caractères au plus.", box=name)
    try:
        return reading(text)
    except WrongValue as refusal:
        raise WrongAnswer(str(refusal), box=name) from refusal


def _value(field: Field, text: str) -> Value:
    """Read a parameter's new value: « 45 % » is 0.45. Raises WrongValue, for « 45 » too where a share is asked."""
    if field.type == "bool":
        return yes(text)
    if field.type == "date":
        return day(text)
    if field.type in {"choice", "text"}:
        return _known(field, text)
    if text.endswith("%"):
        return whole(_rounded(number(text.removesuffix("%")) / 100))
    value = number(text, field.unit)
    if is_share(field) and abs(value) > 1:
        percent, share = written(value, "%"), written(_rounded(value / 100))
        raise WrongValue(
            f"Cette valeur est une part de 1 : écrivez «\u00a0{percent}\u00a0» ou «\u00a0{share}\u00a0». Pour plus de "
            "100\u00a0%, écrivez le signe %."
        )
    return whole(value)


def is_share(field: Field) -> bool:
    """Whether a parameter is a share: its unit is 1, and it never was more."""
    known = [one.value for one in field.history if isinstance(one.value, int | float)]
    return field.unit == "1" and bool(known) and all(0 <= value <= 1 for value in known)


def _rounded(share: float) -> float:
    """Undo what dividing by 100 leaves of binary: 4.1 % is 0.041."""
    return float(f"{share:.12g}")


def _known(field: Field, text: str) -> str:
    if not text or (field.choices and text not in {choice.value for choice in field.choices}):
        known = ", ".join(f"« {choice.value} »" for choice in field.choices)
        raise WrongValue(f"Écrivez une des valeurs de ce paramètre{f' : {known}' if known else ''}.")
    return text


def value_words(field: Field, value: Value) -> str:
    """Write a parameter's value: a share is said in percent."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return written(value, field.unit)
    is_part = is_share(field) or (field.unit == "1" and 0 < abs(value) < 1)
    return written(_rounded(100 * value), "%") if is_part else written(value, field.unit)


def laws(field: Field, on: date) -> tuple[Ref, ...]:
    """Return what sets a parameter's value on a day, or the parameter's own references."""
    dated = field.on(on)
    return dated.refs if dated and dated.refs else field.refs
