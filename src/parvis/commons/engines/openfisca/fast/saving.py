"""Facts that hold for any household, written once at installation: what is the same for all is then never computed.

They are as true as the rules that they were read from: the image of the engine is made again when these change.
"""

import gc
import pickle
from pathlib import Path
from typing import Any, Final

import numpy as np
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import DateUnit, Instant, Period

from parvis.commons.engines.openfisca.fast.facts import Fact, Facts, Node
from parvis.commons.engines.openfisca.fast.parameters import LEAVES, leaf
from parvis.commons.engines.openfisca.fast.periods import watched
from parvis.commons.engines.openfisca.fast.tokens import Uniform

IMAGE: Final = "facts.pickle"


class Numbers:
    """Things by their number, each written once."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def of(self, thing: Any) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))

    def all(self) -> list[Any]:
        return list(self.numbers)


def save(facts: Facts, prepared: Path, digest: str) -> None:
    """Write the facts that hold for any household."""
    nodes, tokens, leaves, days = Numbers(), Numbers(), Numbers(), Numbers()
    contents = {read: content for (_, content), read in LEAVES.items()}
    rows = [
        (
            nodes.of(node.number),
            tuple(nodes.of(number) for number, _ in fact.pairs),
            tuple(tokens.of(token) for _, token in fact.pairs),
            tokens.of(fact.value),
            tuple(leaves.of(read) for read in fact.leaves),
            tuple(days.of(day) for day in fact.instants),
            fact.calendar,
            fact.months,
        )
        for node in facts.nodes
        for fact in reversed(node.general)
        if is_plain(fact)
    ]
    written = {
        "digest": digest,
        "nodes": [named(facts.nodes[number]) for number in nodes.all()],
        "tokens": [valued(facts, token) for token in tokens.all()],
        "leaves": [(read.path, contents[read]) for read in leaves.all()],
        "days": days.all(),
        "facts": rows,
    }
    part = prepared / f"{IMAGE}.part"
    part.write_bytes(pickle.dumps(written, protocol=5))
    part.rename(prepared / IMAGE)


def is_plain(fact: Fact) -> bool:
    """Say whether a fact speaks of values only, under the rules as they are."""
    return fact.system is None and all(type(token) is Uniform for _, token in fact.pairs)


def named(node: Node) -> tuple[Any, ...]:
    unit, start, size = node.period
    return (node.variable.name, str(unit), tuple(start), size)


def valued(facts: Facts, token: Uniform) -> tuple[Any, ...]:
    """Return an array of one value, and a variable that has the same choices if it has any."""
    values = getattr(token.one, "possible_values", None)
    if values is None:
        return (np.array(token.one), "")
    having = (e.name for e in facts.entries.values() if getattr(e.variable, "possible_values", None) is values)
    return (np.asarray(token.one).view(np.ndarray), next(having))


def restore(facts: Facts, prepared: Path, digest: str) -> None:
    """Read the facts that `save` wrote of these very rules, if it did."""
    path = prepared / IMAGE
    if not path.exists():
        return
    gc.disable()
    try:
        read = pickle.loads(path.read_bytes())  # noqa: S301 (written by save, in the engine's own folder)
        if read["digest"] == digest:
            _restore(facts, read)
    finally:
        gc.enable()


def _restore(facts: Facts, read: dict[str, Any]) -> None:
    nodes = [facts.node(name, dated(*period)) for name, *period in read["nodes"]]
    tokens = [facts.tokens.of(array_of(facts, *value)) for value in read["tokens"]]
    leaves = [leaf(path, content) for path, content in read["leaves"]]
    days: list[str] = read["days"]
    for number, below, worth, value, parameters, instants, calendar, months in read["facts"]:
        pairs = tuple([(nodes[node].number, tokens[token]) for node, token in zip(below, worth, strict=True)])
        fact = Fact(nodes[number], pairs, tokens[value])
        fact.leaves = tuple([leaves[place] for place in parameters])
        fact.instants = tuple([days[place] for place in instants])
        fact.calendar, fact.months = calendar, months
        nodes[number].general.insert(0, fact)


def dated(unit: str, start: tuple[int, int, int], size: int) -> Any:
    return watched(Period((DateUnit(unit), Instant(start), size)))


def array_of(facts: Facts, one: Any, choices: str) -> Any:
    return EnumArray(one, facts.entry(choices).variable.possible_values) if choices else one
