"""The same situation, asked the same again: nothing is looked at twice."""

from collections import OrderedDict
from typing import Any, Final, NamedTuple

from parvis.core.simulators.contract import Array

MOST: Final = 48  # results kept


class Replay(NamedTuple):
    """What a simulation held after its last question."""

    values: list[Any]  # also keeps alive the tokens by which its situation is known
    ran: dict[int, Any]
    found: Array


class Replays:
    """Results by situation, and by all that was asked before: circles of definitions make that matter."""

    def __init__(self) -> None:
        self.kept: OrderedDict[Any, Replay] = OrderedDict()

    def find(self, simulation: Any) -> Replay | None:
        key = said(simulation)
        found = self.kept.get(key)
        if found is not None:
            self.kept.move_to_end(key)
        return found

    def keep(self, simulation: Any, found: Array) -> None:
        self.kept[said(simulation)] = Replay(list(simulation.values), dict(simulation.ran), found)
        if len(self.kept) > MOST:
            self.kept.popitem(last=False)


def said(simulation: Any) -> Any:
    """Return what makes a result the same: who, what is given (by identity), the rules, and the questions."""
    values = simulation.values
    given = tuple([(number, id(values[number])) for number in sorted(simulation.given)])
    return (simulation.structure, simulation.reform, simulation.history, given)
