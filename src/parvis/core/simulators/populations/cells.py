"""Columns of a file become columns of a table: whole where they are well written, else with the line to mend."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from parvis.core.simulators import given
from parvis.core.simulators.contract import Array, Field, RefusedInput, WrongValue


class WrongCell(WrongValue):
    """A cell of a file of rows is blank, or is not of its field: the sentence says which line."""


def column(field: Field, name: str, cells: pa.Array, lines: pa.Array) -> Array:
    """Read a column of a field. Raises WrongCell, for the first cell that is blank or not of its field."""
    refuse_blanks(name, cells, lines)
    try:
        found = READERS[field.type](field, cells)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError):
        found = None
    return _one_by_one(field, name, cells, lines) if found is None else found


def refuse_blanks(name: str, cells: pa.Array, lines: pa.Array) -> None:
    """Refuse the first blank cell of a column: nothing becomes 0 in silence."""
    blank = blanks(cells)
    if blank.any():
        line = lines[int(blank.argmax())].as_py()
        raise WrongCell(
            f"Ligne {line}, colonne « {name} » : la case est vide. Écrivez sa valeur, 0 si c'est zéro ; une colonne "
            "que personne ne connaît s'ôte entière."
        )


def blanks(cells: pa.Array) -> Array:
    """Tell which cells hold nothing."""
    if pa.types.is_dictionary(cells.type):
        places = cells.indices.fill_null(len(cells.dictionary))
        found: Array = np.append(blanks(cells.dictionary), [True])[places]
        return found
    empty = pc.is_null(cells, nan_is_null=True)
    if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
        empty = pc.or_(empty, pc.equal(pc.fill_null(pc.utf8_trim_whitespace(cells), ""), ""))
    return np.asarray(empty.to_numpy(zero_copy_only=False))


def _one_by_one(field: Field, name: str, cells: pa.Array, lines: pa.Array) -> Array:
    """Read cells one at a time, to say which is wrong."""
    values = []
    for said, line in zip(cells.to_pylist(), lines.to_pylist(), strict=True):
        try:
            values.append(given.value_of(field, _plain(field, said)))
        except RefusedInput as error:
            raise WrongCell(f"Ligne {line}, colonne « {name} » : {error}") from error
    return given.column(field, values)


def _plain(field: Field, said: Any) -> object:  # noqa: ANN401 -- whatever a file holds
    """Return a cell as `value_of` reads it: a file has no types, or others."""
    if field.type == "bool" and isinstance(said, str):
        return {"true": True, "false": False, "1": True, "0": False}.get(said.strip().lower(), said)
    if isinstance(said, str | bool | int | float):
        return said
    return said.isoformat() if hasattr(said, "isoformat") else str(said)


def _numbers(field: Field, cells: pa.Array) -> Array | None:
    values = np.asarray(pc.cast(cells, pa.float64()).to_numpy(zero_copy_only=False))
    low, high = (
        limit if limit is not None else sign * np.inf for limit, sign in zip(field.bounds, (-1, 1), strict=True)
    )
    is_well = (np.abs(values) <= given.LARGEST[field.type]) & (values >= low) & (values <= high)
    return values if is_well.all() else None


def _integers(field: Field, cells: pa.Array) -> Array | None:
    values = _numbers(field, cells)
    return values.astype(np.int64) if values is not None and (np.trunc(values) == values).all() else None


def _bools(_field: Field, cells: pa.Array) -> Array | None:
    if pa.types.is_boolean(cells.type):
        return np.asarray(cells.to_numpy(zero_copy_only=False))
    values = pc.utf8_lower(pc.cast(cells, pa.string()))
    is_true, is_false = (
        np.asarray(pc.is_in(values, pa.array(words)).to_numpy(zero_copy_only=False)) for words in BOOLS
    )
    return is_true if (is_true | is_false).all() else None


def _dates(_field: Field, cells: pa.Array) -> Array | None:
    days = pc.cast(pc.cast(cells, pa.string()), pa.date32())
    return np.asarray(days.to_numpy(zero_copy_only=False)).astype("datetime64[D]")


def _texts(field: Field, cells: pa.Array) -> Array | None:
    choices = [choice.value for choice in field.choices]
    if not pa.types.is_string(cells.type):  # a number written as such has lost its first zeros
        return None
    if choices and not pc.all(pc.is_in(cells, pa.array(choices, cells.type))).as_py():
        return None
    if not choices and pc.max(pc.utf8_length(cells)).as_py() > given.LONGEST:
        return None
    return np.array(cells.to_pylist(), dtype="U")


BOOLS: Final = (["true", "1"], ["false", "0"])
READERS: Final[Mapping[str, Callable[[Field, pa.Array], Array | None]]] = {
    "number": _numbers,
    "integer": _integers,
    "bool": _bools,
    "date": _dates,
    "choice": _texts,
    "text": _texts,
}
