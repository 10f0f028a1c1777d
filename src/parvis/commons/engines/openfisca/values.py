"""Values as tables hold them become values as OpenFisca holds them, or are refused: nothing is bent in silence."""

import datetime as dt
import difflib
from typing import Final

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.variables import Variable

from parvis.core.simulators.contract import Array, WrongValue

SHOWN: Final = 80  # characters of what was given, in a refusal
LAST: Final = 2200  # year; there is no first one: the year 1 stands for no date in the package's own cases


def encoded(variable: Variable, column: Array) -> Array:
    """Give a column the type of its variable. Raises WrongValue."""
    return _ENCODERS[variable.value_type](variable, np.asarray(column))


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
    said, places = np.unique(column.astype(str), return_inverse=True)
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
    said, places = np.unique(column.astype("datetime64[D]" if column.dtype.kind == "M" else str), return_inverse=True)
    return np.array([_day(variable, str(value)) for value in said], dtype="datetime64[D]")[places]


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
    said = column.astype(str)
    if most and said.dtype.itemsize // 4 > most and np.char.str_len(said).max() > most:
        raise WrongValue(f"« {variable.name} » : « {max(said, key=len)[:SHOWN]} » passe {most} caractères.")
    refused = [value for value in np.unique(said) if not value.isascii()] if most else []
    if refused:
        raise WrongValue(f"« {variable.name} » : « {refused[0]} » a des lettres accentuées, que ce code n’a pas.")
    return said.astype(variable.dtype if most else object)


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
