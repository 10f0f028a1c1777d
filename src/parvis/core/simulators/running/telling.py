"""Say a calculation in plain words: what was given, what was changed, what came out. No process is started."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parvis.core import french
from parvis.core.simulators.calculators import Calculator, Shown
from parvis.core.simulators.catalogue import wording
from parvis.core.simulators.contract import Array, Card, Change, Columns, Entity, Field, Table, Value
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.running.pages import ChangeSaid, Given, Group, Result, Results, Told, named

SHOWN_ROWS, SHOWN_FIELDS = 12, 60
"""What a page tells one by one: the run file has everything."""


@dataclass(frozen=True)
class Words:
    """The words in which a calculation is told."""

    fields: Mapping[str, Field]  # none where the model is not installed: names are then shown as they are written
    entities: Mapping[str, Entity]
    labels: Sequence[str]  # of the cases, where they have names
    shown: Mapping[str, Shown]  # how the calculator says its results


def words(
    card: Card | None, fields: Mapping[str, Field], labels: Sequence[str], calculator: Calculator | None
) -> Words:
    entities = {entity.key: entity for entity in card.entities} if card else {}
    return Words(fields, entities, labels, {one.field: one for one in calculator.outputs} if calculator else {})


# What was given


def groups(table: Table, told: Words) -> Iterator[Group]:
    """Yield what was given, entity by entity."""
    for entity, rows in table.entities.items():
        title = told.entities[entity].label if entity in told.entities else entity
        names = named(told.labels, rows.count, title)[:SHOWN_ROWS]
        given = [_given(key, names, values, told) for key, values in sorted(rows.columns.items())]
        yield Group(
            title=title[:1].upper() + title[1:],
            count=rows.count,
            rows=names,
            given=tuple(given[:SHOWN_FIELDS]),
            members=tuple(_members(table, entity, told.entities)),
            left=max(0, len(given) - SHOWN_FIELDS) + max(0, rows.count - SHOWN_ROWS),
        )


def _given(key: tuple[str, str], rows: tuple[str, ...], values: Array, told: Words) -> Given:
    known = over(told.fields.get(key[0], Field(key[0], key[0], "input", "number")))
    said_values = tuple(wording.value(plain(value), known) for value in values[:SHOWN_ROWS])
    return Given(known.label, wording.period(key[1]), rows, said_values)


def over(known: Field) -> Field:
    """Return a field as it is said beside its period: of the year 2024, « 26 000 € » and not « € par mois »."""
    amount, _, per = known.unit.partition("/")
    return replace(known, unit=amount) if per in {"a", "mo", "d"} else known


def plain(value: object) -> Value:
    """Return a value of an array as the contract's: a day as its text."""
    found = value.item() if hasattr(value, "item") else value
    if isinstance(found, date):
        return found.isoformat()
    return found if isinstance(found, bool | int | float | None) else str(found)


def _members(table: Table, group: str, entities: Mapping[str, Entity]) -> Iterator[str]:
    """Yield who is in the only group of a kind: « personne 1 : déclarant »."""
    if table.entities[group].count != 1:
        return
    roles = entities[group].roles if group in entities else ()
    for members in (rows.groups[group] for rows in table.entities.values() if group in rows.groups):
        for person, role in enumerate(members.roles[:SHOWN_ROWS].tolist(), 1):
            yield f"personne {person} : {roles[role].label.lower() if role < len(roles) else role}"


# What was changed


def changes(
    asked: Sequence[Change], fields: Mapping[str, Field], address: Callable[[str], str]
) -> Iterator[ChangeSaid]:
    """Yield the changes of the rules, each beside what the law says on that day."""
    for change in asked:
        known = fields.get(change.parameter)
        shape = known or Field(change.parameter, change.parameter, "parameter", "number")
        law = known.on(change.start) if known else None
        yield ChangeSaid(
            label=shape.label,
            parameter=change.parameter,
            value=wording.value(change.value, shape),
            before=wording.value(law.value, shape) if law else "",
            since=french.day(change.start),
            until=french.day(change.stop) if change.stop else "",
            url=address(change.parameter) if known else "",
        )


# What came out


def results(asked: Asked, found: Columns, before: Columns, told: Words) -> Results:
    """Tell results in the order in which they were asked, under the calculator's words where it has some."""
    order = {name: rank for rank, name in enumerate(asked.outputs)}
    keys = sorted(found, key=lambda key: (order.get(key[0], len(order)), key))
    lines = tuple(_result(key, found[key], before.get(key), told) for key in keys)
    rows, periods = {tuple(value.row for value in line.values) for line in lines}, {line.period for line in lines}
    left = sum(max(0, len(values) - SHOWN_ROWS) for values in found.values())
    return Results(rows.pop() if len(rows) == 1 else (), periods.pop() if len(periods) == 1 else "", lines, left)


def _result(key: tuple[str, str], values: Array, before: Array | None, told: Words) -> Result:
    known = told.fields.get(key[0], Field(key[0], key[0], "output", "number"))
    shown = told.shown.get(key[0], Shown(key[0], known.label))
    known = over(replace(known, unit=shown.unit or known.unit))
    entity = told.entities[known.entity].label if known.entity in told.entities else "ligne"
    names = named(told.labels, len(values), entity)[:SHOWN_ROWS]
    former = [None] * len(names) if before is None else [plain(value) for value in before[:SHOWN_ROWS]]
    now = [plain(value) for value in values[:SHOWN_ROWS]]
    cells = (_told(known, shown, *cell) for cell in zip(names, now, former, strict=True))
    return Result(shown.label, key[0], wording.period(key[1]), tuple(cells))


def _told(known: Field, shown: Shown, row: str, now: Value, before: Value) -> Told:
    difference = ""
    if isinstance(now, float) and isinstance(before, float) and (moved := round((now - before) * shown.sign, 2)):
        difference = f"{'+' if moved > 0 else ''}{wording.value(moved, known)}"
    return Told(
        row=row,
        said=said(now, known, shown),
        raw=_finite(now),
        before=said(before, known, shown) if difference else "",
        raw_before=_finite(before),
        difference=difference,
    )


def said(value: Value, known: Field, shown: Shown) -> str:
    """Say a computed value as its calculator counts it, with two decimals: the file has all of them."""
    return wording.value(round(value * shown.sign, 2) + 0.0 if isinstance(value, float) else value, known)


def _finite(value: Value) -> Value:
    return None if isinstance(value, float) and (value != value or abs(value) == float("inf")) else value  # noqa: PLR0124 -- NaN
