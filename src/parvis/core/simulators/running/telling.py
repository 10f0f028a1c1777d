"""Say a calculation in plain words: what was given, what was changed, what came out. No process is started."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from parvis.core.simulators.catalogue import wording
from parvis.core.simulators.contract import Array, Change, Columns, Entity, Field, Table, Value
from parvis.core.simulators.running.pages import ChangeSaid, Given, Group, Result, named
from parvis.core.web import french

SHOWN_ROWS, SHOWN_FIELDS, SHOWN_RESULTS = 12, 60, 200
"""What a page tells one by one: the run file has everything."""


def groups(
    table: Table, known: Sequence[Entity], fields: Mapping[str, Field], labels: Sequence[str]
) -> Iterator[Group]:
    """Yield what was given, entity by entity."""
    entities = {entity.key: entity for entity in known}
    for key, rows in table.entities.items():
        title = entities[key].label if key in entities else key
        names = named(labels, rows.count, title)
        given = [_given(field, period, values, fields) for (field, period), values in sorted(rows.columns.items())]
        yield Group(
            title=title[:1].upper() + title[1:],
            count=rows.count,
            rows=names[:SHOWN_ROWS],
            given=tuple(given[:SHOWN_FIELDS]),
            members=tuple(_members(table, key, entities)),
            left=max(0, len(given) - SHOWN_FIELDS) + max(0, rows.count - SHOWN_ROWS),
        )


def _given(name: str, period: str, values: Array, fields: Mapping[str, Field]) -> Given:
    known = fields.get(name, Field(name, name, "input", "number"))
    said = tuple(wording.value(plain(value), known) for value in values[:SHOWN_ROWS])
    return Given(known.label, wording.period(period), said)


def plain(value: object) -> Value:
    """Return a value of an array as the contract's: a day as its text."""
    found = value.item() if hasattr(value, "item") else value
    if isinstance(found, date):
        return found.isoformat()
    return found if isinstance(found, bool | int | float | None) else str(found)


def _members(table: Table, group: str, entities: Mapping[str, Entity]) -> Iterator[str]:
    """Yield who is in a group of few: « personne 1 : déclarant »."""
    for rows in table.entities.values():
        members = rows.groups.get(group)
        if members is None or rows.count > SHOWN_ROWS:
            continue
        roles = entities[group].roles if group in entities else ()
        many = table.entities[group].count > 1
        for person, (row, role) in enumerate(zip(members.rows.tolist(), members.roles.tolist(), strict=True), 1):
            where = f" (n° {row + 1})" if many else ""
            yield f"personne {person} : {roles[role].label if role < len(roles) else role}{where}"


def changes(
    asked: Sequence[Change], fields: Mapping[str, Field], address: Callable[[str], str]
) -> Iterator[ChangeSaid]:
    """Yield the changes of the rules, each beside what the law says on that day."""
    for change in asked:
        known = fields.get(change.parameter)
        shape = known or Field(change.parameter, change.parameter, "parameter", "number")
        law = wording.in_force(known, change.start) if known else None
        yield ChangeSaid(
            label=shape.label,
            parameter=change.parameter,
            value=wording.value(change.value, shape),
            before=wording.value(law.value, shape) if law else "",
            since=french.day(change.start),
            until=french.day(change.stop) if change.stop else "",
            url=address(change.parameter) if known else "",
        )


def results(
    found: Columns, before: Columns, fields: Mapping[str, Field], entities: Sequence[Entity], labels: Sequence[str]
) -> Iterator[Result]:
    """Yield results, output by output, row by row."""
    titles = {entity.key: entity.label for entity in entities}
    for key, values in sorted(found.items()):
        known = fields.get(key[0], Field(key[0], key[0], "output", "number"))
        names = named(labels, len(values), titles.get(known.entity, "ligne"))
        former = before.get(key)
        for rank, value in enumerate(values):
            then = None if former is None else plain(former[rank])
            yield _result(known, key[1], names[rank], plain(value), then)


def _result(known: Field, period: str, row: str, value: Value, before: Value) -> Result:
    difference = ""
    if isinstance(value, float) and isinstance(before, float):
        moved = round(value - before, 2)
        difference = f"{'+' if moved > 0 else ''}{wording.value(moved, known)}" if moved else "inchangé"
    return Result(
        label=known.label,
        field=known.name,
        period=wording.period(period),
        row=row,
        value=said(value, known),
        raw=_finite(value),
        before="" if before is None else said(before, known),
        raw_before=_finite(before),
        difference=difference,
    )


def said(value: Value, known: Field) -> str:
    """Say a computed value: two decimals are enough of what thirty-two bits hold; the file has them all."""
    return wording.value(round(value, 2) if isinstance(value, float) else value, known)


def _finite(value: Value) -> Value:
    return None if isinstance(value, float) and (value != value or abs(value) == float("inf")) else value  # noqa: PLR0124 -- NaN
