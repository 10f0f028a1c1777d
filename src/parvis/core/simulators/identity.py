"""The identity of a run: a hash that anyone computes again from what was asked, of which rules."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from parvis.core.simulators.contract import Array, Change, Columns, Table, Value


@dataclass(frozen=True)
class Asked:
    """A calculation, whole: the same of the same rules gives the same results, bit for bit."""

    engine: str
    table: Table
    outputs: tuple[str, ...]
    period: str
    changes: tuple[Change, ...] = ()

    @cached_property
    def inputs(self) -> str:
        """Hash the table, once: a population's is asked by who keeps its parts, then by who computes them."""
        return table_hash(self.table)


def identity(asked: Asked, version: str, digest: str) -> str:
    """Return the run's identity: sha256 (hexadecimal) of its JSON, as `canonical` writes it."""
    said = {
        "engine": asked.engine,
        "version": version,
        "digest": digest,
        "inputs": asked.inputs,
        "outputs": sorted(set(asked.outputs)),
        "period": asked.period,
        "changes": changes_said(asked.changes),
    }
    return hashlib.sha256(canonical(said)).hexdigest()


def changes_said(changes: Sequence[Change]) -> list[dict[str, object]]:
    """Return the JSON of changes, in their order."""
    return [
        {
            "parameter": change.parameter,
            "value": whole(change.value),
            "start": change.start.isoformat(),
            "stop": change.stop.isoformat() if change.stop else None,
        }
        for change in changes
    ]


def whole(value: Value) -> Value:
    """Return a whole number as one: 10.0 and 10 are the same value, written « 10 »."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def canonical(said: object) -> bytes:
    """Write JSON as Python's json does, keys sorted, no spaces, UTF-8. Its floats are not those of RFC 8785."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def table_hash(table: Table) -> str:
    """Hash a table: its values as numbers of one width, so that how they were given does not change who they are."""
    digest = hashlib.sha256()
    for entity, rows in sorted(table.entities.items()):
        digest.update(canonical([entity, rows.count]))
        for key, values in sorted(rows.columns.items()):
            digest.update(canonical(list(key)) + plain(values))
        for group, members in sorted(rows.groups.items()):
            digest.update(canonical([group]) + plain(members.rows) + plain(members.roles))
    return digest.hexdigest()


def columns_hash(columns: Columns) -> str:
    """Hash results, bit for bit: one bit that differs gives another hash.

    Texts are hashed as JSON: the width of their array depends on what was computed beside them.
    """
    digest = hashlib.sha256()
    for key, values in sorted(columns.items()):
        is_text = values.dtype.kind in "OSU"
        kind, said = ("text", plain(values)) if is_text else (values.dtype.str, np.ascontiguousarray(values).tobytes())
        digest.update(canonical([*key, kind]) + said)
    return digest.hexdigest()


def plain(values: Array) -> bytes:
    """Return an array's values in one form: float64, little-endian, or texts as JSON."""
    if values.dtype.kind in "biuf":
        return np.ascontiguousarray(values, dtype="<f8").tobytes()
    if values.dtype.kind == "U":
        return canonical(values.tolist())
    if values.dtype == "M8[D]":
        days, places = np.unique(values, return_inverse=True)
        return canonical(np.datetime_as_string(days)[places].tolist())
    return canonical([str(value) for value in values])
