"""The run file: what was asked, of which rules, and what came out, as JSON that anyone may keep and replay.

    {"format": "parvis-run/1", "asked": {…}, "identity": "…", "rules": {"version": "…", "digest": "…"},
     "results": {"sha256": "…", "columns": […]}}

A file that was not written here may hold anything: each part is checked before it is used.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, Final

import numpy as np
import orjson

from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import Array, Card, Change, Columns, Membership, Rows, Table, Value
from parvis.core.simulators.hosting.calling import Outcome
from parvis.core.simulators.identity import Asked, canonical, changes_said, table_hash

FORMAT: Final = "parvis-run/1"
LARGEST: Final = 1024 * 1024
"""Bytes of a run file that pages read: one of a population is replayed by the command."""

MOST_ROWS, MOST_COLUMNS, MOST_NAMES = 100_000, 5_000, 200
LONGEST: Final = 500
HASH: Final = re.compile(r"[0-9a-f]{64}")
KINDS: Final[Mapping[str, str]] = {"b": "bool", "i": "integer", "u": "integer", "f": "number", "M": "date"}
"""Types of columns by NumPy's letter; any other is text."""

DTYPES: Final[Mapping[str, str]] = {"bool": "?", "integer": "<i8", "number": "<f8", "date": "<M8[D]", "text": "U"}
RESULT_DTYPE: Final = re.compile(r"[<|](?:b1|[iu][1248]|f[248]|M8\[D\])|U")


class NotARun(ParvisError):
    """A file is no run file, or one that was damaged."""


@dataclass(frozen=True)
class RunFile:
    """A run file, read."""

    asked: Asked
    identity: str
    version: str
    digest: str
    inputs: str  # what the file says that its table's hash is
    columns: Columns
    results: str  # what the file says that its results' hash is


def run_file(asked: Asked, card: Card, outcome: Outcome) -> dict[str, Any]:
    """Return the run file of a calculation, as values of JSON."""
    return {
        "format": FORMAT,
        "asked": asked_said(asked),
        "identity": outcome.identity,
        "rules": {"version": card.version, "digest": card.digest},
        "results": results_said(outcome.columns, outcome.results),
    }


def text_of(said: Mapping[str, Any]) -> str:
    """Write a run file: the same one always in the same way."""
    return canonical(said).decode()


def asked_said(asked: Asked) -> dict[str, Any]:
    return {
        "engine": asked.engine,
        "period": asked.period,
        "outputs": list(asked.outputs),
        "changes": changes_said(asked.changes),
        "inputs": table_hash(asked.table),
        "table": {entity: _rows_said(rows) for entity, rows in sorted(asked.table.entities.items())},
    }


def _rows_said(rows: Rows) -> dict[str, Any]:
    said: dict[str, Any] = {"count": rows.count}
    said["columns"] = [
        {"field": field, "period": period, "type": KINDS.get(values.dtype.kind, "text"), "values": _plain(values)}
        for (field, period), values in sorted(rows.columns.items())
    ]
    said["groups"] = {
        group: {"rows": members.rows.tolist(), "roles": members.roles.tolist()}
        for group, members in sorted(rows.groups.items())
    }
    return said


def results_said(columns: Columns, results: str) -> dict[str, Any]:
    """Write results: each value exactly, and the width in which it was computed."""
    return {
        "sha256": results,
        "columns": [
            {"field": field, "period": period, "dtype": _width(values), "values": _plain(values)}
            for (field, period), values in sorted(columns.items())
        ],
    }


def _width(values: Array) -> str:
    return "U" if values.dtype.kind in "OSU" else values.dtype.str


def _plain(values: Array) -> list[Any]:
    """Return an array as values of JSON; what is no number (NaN) is null."""
    if values.dtype.kind == "f":
        return [value if isfinite(value) else None for value in values.astype("<f8").tolist()]
    return values.tolist() if values.dtype.kind in "biu" else [str(value) for value in values]


# Reading: nothing of a file is believed


def read(text: bytes | str) -> RunFile:
    """Read a run file. Raises NotARun, saying what is wrong."""
    if len(text) > LARGEST:
        raise NotARun(
            f"Ce fichier dépasse {LARGEST // 1024} ko : une page ne le rejoue pas ; « parvis run verify FICHIER », si."
        )
    return read_any(text)


def read_any(text: bytes | str) -> RunFile:
    """Read a run file of any size: for the command."""
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise NotARun(f"Ce n'est pas du JSON lisible ({error}). Collez le fichier d'un calcul, entier.") from error
    return run_of(said)


def run_of(said: object) -> RunFile:
    """Return the run of a file's values; that of a published run's page is under « file »."""
    whole = _mapping(said, "le fichier")
    if isinstance(whole.get("file"), dict):
        whole = whole["file"]
    if whole.get("format") != FORMAT:
        raise NotARun(f"Ce n'est pas le fichier d'un calcul : son « format » devrait être « {FORMAT} ».")
    rules, results = (_mapping(whole.get(name), f"« {name} »") for name in ("rules", "results"))
    asked = _mapping(whole.get("asked"), "« asked »")
    return RunFile(
        asked=asked_of(asked),
        identity=_hash(whole.get("identity"), "identity"),
        version=_name(rules.get("version"), "version"),
        digest=_hash(rules.get("digest"), "digest"),
        inputs=_hash(asked.get("inputs"), "inputs"),
        columns=columns_of(results),
        results=_hash(results.get("sha256"), "sha256"),
    )


def asked_of(said: Mapping[str, Any]) -> Asked:
    """Return what a file asks. Raises NotARun."""
    table = _mapping(said.get("table"), "« table »")
    entities = {_name(entity, "entité"): _rows(_mapping(rows, "« table »")) for entity, rows in table.items()}
    _check_groups(entities)
    return Asked(
        engine=_name(said.get("engine"), "engine"),
        table=Table(entities),
        outputs=tuple(_name(one, "outputs") for one in _list(said.get("outputs"), "outputs", MOST_NAMES)),
        period=_name(said.get("period"), "period"),
        changes=tuple(_changes(_list(said.get("changes", []), "changes", MOST_NAMES))),
    )


def _rows(said: Mapping[str, Any]) -> Rows:
    count = said.get("count")
    if type(count) is not int or not 0 <= count <= MOST_ROWS:
        raise NotARun(f"« count » doit être un nombre entier, de 0 à {MOST_ROWS}.")
    columns = {}
    for one in _list(said.get("columns"), "columns", MOST_COLUMNS):
        column = _mapping(one, "une colonne")
        key = (_name(column.get("field"), "field"), _name(column.get("period"), "period"))
        columns[key] = _values(column.get("values"), DTYPES.get(str(column.get("type")), ""), count, what=key[0])
        if columns[key].dtype.kind == "f" and np.isnan(columns[key]).any():
            raise NotARun(f"Une donnée manque dans « {key[0]} » : retirez la colonne, ou donnez chaque valeur.")
    groups = _mapping(said.get("groups", {}), "« groups »")
    return Rows(count, columns, {_name(group, "groups"): _members(of, count) for group, of in groups.items()})


def _members(said: object, count: int) -> Membership:
    whole = _mapping(said, "« groups »")
    rows, roles = (_values(whole.get(name), "<i8", count, what=name) for name in ("rows", "roles"))
    if count and (rows.min() < 0 or rows.max() >= MOST_ROWS or roles.min() < 0 or roles.max() > np.iinfo("i1").max):
        raise NotARun("Une personne est placée dans un groupe ou un rôle qui n'existe pas.")
    return Membership(rows.astype(np.int32), roles.astype(np.int8))


def _check_groups(entities: Mapping[str, Rows]) -> None:
    for rows in entities.values():
        for group, members in rows.groups.items():
            if group not in entities or (rows.count and members.rows.max() >= entities[group].count):
                raise NotARun(f"Une personne est placée dans un groupe « {group} » qui n'est pas dans le fichier.")


def columns_of(said: Mapping[str, Any]) -> dict[tuple[str, str], Array]:
    """Return the results that a file holds, in the width in which they were computed. Raises NotARun."""
    found: dict[tuple[str, str], Array] = {}
    for one in _list(said.get("columns"), "columns", MOST_NAMES):
        column = _mapping(one, "une colonne")
        dtype = str(column.get("dtype"))
        if not RESULT_DTYPE.fullmatch(dtype):
            raise NotARun(f"« dtype » ne dit pas un type de nombre connu : « {dtype[:40]} ».")
        key = (_name(column.get("field"), "field"), _name(column.get("period"), "period"))
        found[key] = _values(column.get("values"), dtype, None, what=key[0])
    return found


def _values(said: object, dtype: str, count: int | None, *, what: str) -> Array:
    """Make an array of a file's values: of the number expected, each of its type."""
    values = _list(said, "values", MOST_ROWS)
    if count is not None and len(values) != count:
        raise NotARun(f"« {what} » a {len(values)} valeurs pour {count} lignes.")
    if not dtype or not all(_fits(value, dtype) for value in values):
        raise NotARun(f"« {what} » a une valeur qui n'est pas de son type : le fichier a été changé, ou abîmé.")
    try:
        return np.array([np.nan if value is None else value for value in values], dtype=dtype)
    except (ValueError, OverflowError, TypeError) as error:
        raise NotARun(f"« {what} » a une valeur trop grande, ou qui n'est pas de son type.") from error


def _fits(value: object, dtype: str) -> bool:
    letter = dtype.strip("<|")[0]
    if letter in "UM":
        return isinstance(value, str) and len(value) <= LONGEST
    if letter in "?b":
        return isinstance(value, bool)
    if value is None:
        return letter == "f"  # of a result: not a number. Inputs are looked at once they are an array.
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number if letter == "f" else isinstance(value, int) and is_number


def _changes(said: Sequence[object]) -> Iterator[Change]:
    for one in said:
        change = _mapping(one, "un changement")
        value = change.get("value")
        if not isinstance(value, bool | int | float | str | None):
            raise NotARun("La valeur d'un changement est un nombre, un texte, oui ou non.")
        stop = change.get("stop")
        yield Change(
            _name(change.get("parameter"), "parameter"),
            _kept(value),
            _day(change.get("start")),
            _day(stop) if stop else None,
        )


def _kept(value: Value) -> Value:
    if isinstance(value, str) and len(value) > LONGEST:
        raise NotARun(f"Un texte dépasse {LONGEST} signes.")
    return value


def _day(said: object) -> date:
    try:
        return date.fromisoformat(_name(said, "start"))
    except ValueError as error:
        raise NotARun("La date d'un changement s'écrit AAAA-MM-JJ.") from error


def _mapping(said: object, what: str) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise NotARun(f"Ce n'est pas le fichier d'un calcul : {what} devrait être un objet JSON.")
    return said


def _list(said: object, what: str, most: int) -> list[Any]:
    if not isinstance(said, list) or len(said) > most:
        raise NotARun(f"« {what} » devrait être une liste, de {most} au plus.")
    return said


def _name(said: object, what: str) -> str:
    if not isinstance(said, str) or not 0 < len(said) <= LONGEST:
        raise NotARun(f"« {what} » devrait être un texte, de 1 à {LONGEST} signes.")
    return said


def _hash(said: object, what: str) -> str:
    if not isinstance(said, str) or not HASH.fullmatch(said):
        raise NotARun(f"« {what} » devrait être une empreinte : 64 chiffres hexadécimaux.")
    return said
