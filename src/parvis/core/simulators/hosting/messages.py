"""Calculations and their results as frames."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import Array, Change, Columns, Membership, Rows, Table
from parvis.core.simulators.hosting import wire
from parvis.core.simulators.hosting.records import written
from parvis.core.simulators.hosting.refusals import KNOWN, WrongFrame, name_of
from parvis.core.simulators.hosting.wire import Frame, Header, arrays, assemble, pack
from parvis.core.simulators.identity import Asked, changes_said, columns_hash


def asked_frame(word: str, asked: Asked, identity: str, **more: object) -> bytes:
    """Write what is asked: `word` says whether to evaluate, explain, or tell what is missing."""
    columns: list[Array] = []
    header: Header = {
        "word": word,
        "identity": identity,
        "engine": asked.engine,
        "outputs": asked.outputs,
        "period": asked.period,
        "changes": changes_said(asked.changes),
        "table": {entity: _rows_said(rows, columns) for entity, rows in asked.table.entities.items()},
        **more,
    }
    return pack(header, columns)


def _rows_said(rows: Rows, columns: list[Array]) -> dict[str, object]:
    """Say what an entity has, its arrays being appended to `columns` in the same order."""
    columns.extend(rows.columns.values())
    for members in rows.groups.values():
        columns.extend(members)
    return {"count": rows.count, "columns": list(rows.columns), "groups": list(rows.groups)}


def refuse_too_large(table: Table) -> None:
    """Raise TooLarge before anything of a table is read, where it could not be sent."""
    wire.refuse_too_large(
        0, sum(values.nbytes for rows in table.entities.values() for values in rows.columns.values())
    )


def asked_of(frame: Frame) -> Asked:
    """Read what is asked. Raises WrongFrame."""
    try:
        return _asked_of(frame.header, arrays(frame))
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
        raise WrongFrame("Le message ne décrit pas un calcul.") from error


def _asked_of(header: Header, columns: list[Array]) -> Asked:
    left = iter(columns)
    table = Table({entity: _rows_of(said, lambda: next(left)) for entity, said in header["table"].items()})
    changes = tuple(map(change_of, header["changes"]))
    return Asked(str(header["engine"]), table, tuple(header["outputs"]), str(header["period"]), changes)


def _rows_of(said: Mapping[str, Any], following: Callable[[], Array]) -> Rows:
    count = int(said["count"])
    columns = {(str(field), str(period)): following() for field, period in said["columns"]}
    groups = {str(group): Membership(following(), following()) for group in said["groups"]}
    lengths = {*map(len, columns.values()), *(len(part) for members in groups.values() for part in members)}
    if lengths - {count}:
        raise WrongFrame("Les colonnes d'une entité n'ont pas toutes autant de lignes qu'elle.")
    return Rows(count, columns, groups)


def change_of(said: Mapping[str, Any]) -> Change:
    """Read a change from its JSON."""
    stop = date.fromisoformat(said["stop"]) if said["stop"] else None
    return Change(str(said["parameter"]), said["value"], date.fromisoformat(said["start"]), stop)


def results_frame(job: int, identity: str, columns: Columns, seconds: float) -> bytes:
    """Write what a calculation gave."""
    said = {"identity": identity, "columns": list(columns), "results": columns_hash(columns), "seconds": seconds}
    return pack({"job": job, **said}, list(columns.values()))


def words_frame(job: int, things: object, **more: object) -> bytes:
    """Write steps, names or a case: their JSON takes the place of arrays, and nobody reads it on the way."""
    return assemble({"job": job, **more}, written(things).encode())


def columns_of(frame: Frame) -> Columns:
    keys: Sequence[Sequence[str]] = frame.header["columns"]
    return {(field, period): values for (field, period), values in zip(keys, arrays(frame), strict=True)}


def refused_frame(error: ParvisError, **more: object) -> bytes:
    return pack({**more, "refused": name_of(error), "because": [str(said) for said in error.args]})


def raise_refused(frame: Frame) -> None:
    """Raise the refusal that a frame carries, if it carries one."""
    if "refused" in frame.header:
        raise KNOWN.get(frame.header["refused"], WrongFrame)(*frame.header["because"])
