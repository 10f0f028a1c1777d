"""Values as tables hold them become values as OpenFisca holds them, or are refused: nothing is bent in silence."""

import datetime as dt
import difflib
from typing import Final

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.variables import Variable

from parvis.core.simulators.contract import Array, WrongValue

SHOWN: Final = 80  # characters of what was given, in a refusal
FEW: Final = 64
LAST: Final = 2200  # year; there is no first one: the year 1 stands for no date in the package's own cases
FIRST_DAY, LAST_DAY = np.datetime64("0001-01-01"), np.datetime64(f"{LAST}-12-31")


def encoded(variable: Variable, column: Array) -> Array:
    """Give a column the type of its variable. Raises WrongValue."""
    whole = np.asarray(column)
    if whole.dtype.kind == "O":
        whole = np.asarray(whole.tolist())
        _check_whole(variable, whole)
    return _ENCODERS[variable.value_type](variable, whole)


def _check_whole(variable: Variable, column: Array) -> None:
    missing = [row for row, value in enumerate(column.tolist()) if value is None]
    if missing or column.dtype.kind == "O":
        raise WrongValue(f"« {variable.name} » : il manque une valeur à la ligne {(missing or [0])[0] + 1}.")


def distinct(column: Array) -> tuple[Array, Array]:
    """Give the distinct values and each row's place among them: faster than a sort where they are few."""
    places = np.zeros(len(column), dtype=np.intp)
    found: list[object] = []
    left = np.arange(len(column))
    while left.size and len(found) < FEW:
        is_same = column[left] == column[left[0]]
        places[left[is_same]] = len(found)
        found.append(column[left[0]])
        left = left[~is_same]
    if left.size:
        return np.unique(column, return_inverse=True)
    return np.array(found, dtype=column.dtype), places


def _number(variable: Variable, column: Array) -> Array:
    if column.dtype.kind not in "iuf":
        raise _wrong(variable, "un nombre", column)
    with np.errstate(over="ignore"):  # too large for its 32 bits: infinite, and refused below
        found = column.astype(np.float32)
    refused = np.flatnonzero(~np.isfinite(found))
    if refused.size:
        raise _wrong(variable, "un nombre fini", column, refused[0])
    return found


def _integer(variable: Variable, column: Array) -> Array:
    if column.dtype.kind not in "iuf":
        raise _wrong(variable, "un nombre entier", column)
    # NaN differs from itself, and an infinite number is larger than any integer.
    refused = np.flatnonzero(~((np.abs(column) < 2**31) & (np.trunc(column) == column)))
    if refused.size:
        raise _wrong(variable, "un nombre entier (moins de 2 147 483 648)", column, refused[0])
    return column.astype(np.int32)


def _boolean(variable: Variable, column: Array) -> Array:
    if column.dtype.kind == "b":
        return column
    if column.dtype.kind not in "iuf" or not np.isin(column, (0, 1)).all():
        raise _wrong(variable, "oui ou non (vrai, faux, 1 ou 0)", column)
    return column.astype(bool)


def _choice(variable: Variable, column: Array) -> Array:
    choices = [item.name for item in variable.possible_values]
    if column.dtype.kind not in "US":
        raise _wrong(variable, f"un choix parmi {', '.join(choices)}", column)
    said, places = distinct(column.astype(str))
    for value in said:
        if value not in choices:
            raise _unknown_choice(variable, str(value), choices)
    numbers = np.array([choices.index(value) for value in said], dtype=np.int16)
    return EnumArray(numbers[places], variable.possible_values)


def _unknown_choice(variable: Variable, said: str, choices: list[str]) -> WrongValue:
    near = difflib.get_close_matches(said, choices, n=1, cutoff=0.5)
    hint = f" ; vouliez-vous dire « {near[0]} » ?" if near else "."
    return WrongValue(f"« {variable.name} » n’a pas le choix « {said[:SHOWN]} » : il y a {', '.join(choices)}{hint}")


def _date(variable: Variable, column: Array) -> Array:
    if column.dtype.kind not in "MU":
        raise _wrong(variable, "une date (1980-12-31)", column)
    if column.dtype.kind == "M":
        return _days(variable, column.astype("datetime64[D]"))
    said, places = distinct(column.astype(str))
    return np.array([_day(variable, str(value)) for value in said], dtype="datetime64[D]")[places]


def _days(variable: Variable, days: Array) -> Array:
    """Refuse the first day that is none, or too late: as a text it would be."""
    refused = np.flatnonzero(~((days >= FIRST_DAY) & (days <= LAST_DAY)))
    if refused.size:
        _day(variable, str(days[refused[0]]))
    return days


def _day(variable: Variable, said: str) -> dt.date:
    try:
        found = dt.datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        raise WrongValue(
            f"« {variable.name} » : « {said[:SHOWN]} » n’est pas une date qui existe (1980-12-31)."
        ) from None
    if found.year > LAST:
        raise WrongValue(f"« {variable.name} » : « {said} » passe l’an {LAST}.")
    return found


def _text(variable: Variable, column: Array) -> Array:
    if column.dtype.kind not in "US":
        raise _wrong(variable, "un texte, entre guillemets s’il est fait de chiffres", column)
    most = variable.max_length
    said, places = distinct(column.astype(str))
    for value in said if most else ():
        _check_code(variable, str(value), most)
    return said.astype(variable.dtype if most else object)[places]


def _check_code(variable: Variable, said: str, most: int) -> None:
    if len(said) > most:
        raise WrongValue(f"« {variable.name} » : « {said[:SHOWN]} » passe {most} caractères.")
    if not said.isascii():
        raise WrongValue(f"« {variable.name} » : « {said} » a des lettres accentuées, que ce code n’a pas.")


_ENCODERS: Final = {
    float: _number,
    int: _integer,
    bool: _boolean,
    Enum: _choice,
    dt.date: _date,
    str: _text,
}


def _wrong(variable: Variable, expected: str, column: Array, row: int = 0) -> WrongValue:
    given = str(column[row])[:SHOWN] if len(column) else ""
    return WrongValue(f"« {variable.name} » attend {expected} ; la ligne {row + 1} donne « {given} ».")


def decoded(array: Array) -> Array:
    """Give a result as a table holds it: choices by their names, texts as texts."""
    if isinstance(array, EnumArray):
        return np.asarray(array.possible_values.names)[np.asarray(array)]
    if array.dtype.kind == "S":
        return np.char.decode(array, "utf-8")
    return array.astype(str) if array.dtype.kind == "O" else array
