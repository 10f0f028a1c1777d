"""Lines become steps: label, value, unit, period, law, and the sentence that says what each does."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca import asked, units
from parvis.commons.engines.openfisca.explaining import laws, lines
from parvis.commons.engines.openfisca.explaining.lines import Line
from parvis.commons.engines.openfisca.explaining.replaying import Replay
from parvis.commons.engines.openfisca.explaining.sentences import label, sentence
from parvis.commons.engines.openfisca.explaining.traces import Node
from parvis.commons.engines.openfisca.explaining.units import EUROS, PERCENT, Units
from parvis.core import french
from parvis.core.simulators.contract import Array, Ref, Step, Value
from parvis.core.simulators.units import written

MONTHS: Final = 12


@dataclass(frozen=True)
class Teller:
    """What is kept from one explanation to the next: parameters by their name."""

    laws: laws.Laws


@dataclass(frozen=True)
class Telling:
    """An explanation being told: of which run, and with what is kept."""

    replay: Replay
    teller: Teller

    @cached_property
    def units(self) -> Units:
        """Return the units found in this case: those seen in another are not told of it."""
        return Units(self.teller.laws.metadata)

    def short(self, root: tuple[Node, ...]) -> list[Step]:
        """Tell the lines that matter, each with how many are left below it."""
        found = lines.short(self.replay, self.units, root)
        cones, order = lines.cones(self.replay.recorded, root), lines.ordered(found)
        place = {number: position for position, number in enumerate(order)}
        shown, units_ = _shown_below(found, order), self._units(found, order)
        return [
            self._step(
                found[number],
                place.get(found[number].parent, -1),
                units_[number],
                cones.left(found[number].node.name, shown[number]) if found[number].law is None else 0,
            )
            for number in order
        ]

    def _units(self, found: Sequence[Line], order: Sequence[int]) -> dict[int, str]:
        """Return the lines' units; what is added up to euros is in euros, even where nothing else tells."""
        units_: dict[int, str] = {}
        for number in order:
            line = found[number]
            above = found[line.parent].opened if line.parent >= 0 else None
            is_added = above is not None and above.is_sum and units_[line.parent] == EUROS and line.law is None
            own = self.units.of(self.replay, lines.with_a_value(self.replay, line.nodes))
            units_[number] = own or (EUROS if is_added else "")
        return units_

    def whole(self, root: tuple[Node, ...]) -> list[Step]:
        """Tell every line that varies with the person; those of the short account have the units that it found."""
        trace, variables = self.replay.recorded, self.replay.tax_benefit_system.variables
        seen = {step.name: step.unit for step in self.short(root)}
        found = lines.whole(trace, root, lambda group: not all(trace.is_constant(*node) for node in group))
        units_ = [seen.get(line.node.name) or self.units.known(variables[line.node.name]) for line in found]
        return [self._step(line, line.parent, unit, 0) for line, unit in zip(found, units_, strict=True)]

    def _step(self, line: Line, parent: int, unit: str, left: int) -> Step:
        if line.law is not None:
            return _law(self.teller, line, parent)
        return Step(
            name=line.node.name,
            label=label(self.replay, line.node),
            period=period(line.nodes),
            value=value(self.replay, line, unit),
            unit=unit,
            refs=self._refs(line),
            parent=parent,
            sentence=sentence(self.replay, line, unit),
            is_given=all(self.replay.recorded.is_given(*node) for node in line.nodes),
            left=left,
        )

    def _refs(self, line: Line) -> tuple[Ref, ...]:
        """Return a line's texts: its formula's, else of one that it repeats, else of a parameter that it applies."""
        for node in (line.node, *line.folded):
            if found := laws.of_variable(self.replay.tax_benefit_system.variables[node.name]):
                return found
        applied = line.opened.laws if line.opened else ()
        return next((refs for law in applied if (refs := self.teller.laws.refs(law))), ())


def _shown_below(found: Sequence[Line], order: Sequence[int]) -> dict[int, set[str]]:
    shown = {number: {line.node.name} for number, line in enumerate(found)}
    for number in reversed(order):
        if found[number].parent >= 0:
            shown[found[number].parent] |= shown[number]
    return shown


def _law(teller: Teller, line: Line, parent: int) -> Step:
    """Tell a parameter; a rate in percent."""
    law = line.law
    assert law is not None
    if hasattr(law.value, "thresholds"):
        return _bracket(teller, line, parent)
    found, unit = law.value, units.unit(teller.laws.metadata(law.name).get("unit"))
    if isinstance(found, np.ndarray):
        found = found[0].item()
    if unit == "1":
        found, unit = round(found * 100, 6), PERCENT
    return Step(law.name, teller.laws.label(law.name), law.day, found, unit, teller.laws.refs(law), parent)


def _bracket(teller: Teller, line: Line, parent: int) -> Step:
    """Tell a scale by the bracket that was reached."""
    law, found = line.law, line.opened
    assert law is not None
    assert found is not None
    reached = laws.bracket(law.value, found.reading.bases[law.name])
    unit = units.unit(teller.laws.metadata(law.name).get("threshold_unit"))
    start = written(reached.threshold, unit) if unit else french.number(reached.threshold)
    label = f"{teller.laws.label(law.name)} : tranche atteinte, à partir de {start}"
    rate, amount = reached.rate, reached.amount
    name = f"{law.name}[{reached.number}].{'amount' if rate is None else 'rate'}"
    shown, of = (amount, "") if rate is None else (round(rate * 100, 6), PERCENT)
    return Step(name, label, law.day, shown, of, teller.laws.refs(law), parent)


def period(nodes: Sequence[Node]) -> str:
    """Return the period of a line: a year for its twelve months, else from the first to the last."""
    first, last = nodes[0].period, nodes[-1].period
    if len(nodes) == MONTHS and first[:4] == last[:4]:
        return first[:4]
    return first if first == last else f"{min(first, last)}/{max(first, last)}"


def value(replay: Replay, line: Line, unit: str) -> Value:
    """Return a line's value: sums are added over rows and periods, the rest is said of the last period."""
    variable = replay.tax_benefit_system.variables[line.node.name]
    if unit == EUROS or asked.is_amount(variable):
        return round(sum(float(np.sum(replay.value(node), dtype=float)) for node in line.nodes), 2)
    return one(variable, replay.value(lines.with_a_value(replay, line.nodes)))


def one(variable: Variable, rows: Array) -> Value:
    """Return what is not a sum: the value if all rows have the same, else each row's, in their order."""
    if variable.value_type not in (bool, int, float):
        names = [_name(variable, row) for row in rows]
        return names[0] if len(set(names)) == 1 else ", ".join(names)
    found = [row.item() for row in rows]
    found = [round(row, 4) if isinstance(row, float) else row for row in found]
    if len(set(found)) == 1:
        return found[0]
    words = {True: "oui", False: "non"}
    return ", ".join(words[row] if isinstance(row, bool) else french.number(row) for row in found)


def _name(variable: Variable, row: np.generic) -> str:
    if variable.value_type is dt.date:
        return french.day(row.astype("datetime64[D]").item())
    if hasattr(variable, "possible_values") and variable.possible_values is not None:
        return str(list(variable.possible_values)[int(row)].value)
    return row.decode() if isinstance(row, bytes) else str(row)
