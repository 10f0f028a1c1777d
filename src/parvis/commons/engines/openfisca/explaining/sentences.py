"""What a step does with those below it, in French: only what running its formula again has shown."""

from collections.abc import Sequence
from inspect import getsourcefile
from typing import Final

import numpy as np

from parvis.commons.engines.openfisca.explaining import nil
from parvis.commons.engines.openfisca.explaining.effects import Moved, Opened, total
from parvis.commons.engines.openfisca.explaining.lines import Line
from parvis.commons.engines.openfisca.explaining.replaying import Leaf, Replay
from parvis.commons.engines.openfisca.explaining.traces import Node
from parvis.commons.engines.openfisca.explaining.units import EUROS
from parvis.core import french

RANKS: Final = ("la 1re personne", "la 2e", "la 3e", "la 4e", "la 5e", "la 6e", "la 7e", "la 8e")
MOST_NAMED: Final = 4


def sentence(replay: Replay, line: Line, unit: str) -> str:
    """Say what a line does: how it comes from those below, how it is spread over months and persons."""
    told = [_months(replay, line, unit), _detailed(line), _how(replay, line), _persons(replay, line, unit)]
    return " ".join(part for part in told if part)


def _how(replay: Replay, line: Line) -> str:
    if all(replay.recorded.is_given(*node) for node in line.nodes):
        return "Vous l’avez indiqué."
    if line.is_told_elsewhere:
        return "Détaillé ailleurs dans cette explication."
    if line.opened is None or line.opened.reading.value is None:
        return ""
    if not np.any(line.opened.reading.value):
        return _nil(replay, line)
    return _made(replay, line.opened, len(line.opened.parts) - line.parts_shown) if line.has_below else ""


def _made(replay: Replay, found: Opened, hidden: int) -> str:
    if found.is_sum:
        return _sum(replay, found.parts, hidden)
    if any(law.name in found.reading.bases for law in found.laws):
        return "Un barème est appliqué, par tranches."
    told = _repeated(replay, found) or _limited(replay, found)
    return told or ("Calculé d’après les lignes ci-dessous." if found.parts or found.laws else "")


def _repeated(replay: Replay, found: Opened) -> str:
    """Say that a value is that of one of its parts, as it is or taken away."""
    only = found.parts[0] if len(found.parts) == 1 else None
    if only is not None and only.is_whole and only.effect * only.total < 0:
        return f"« {label(replay, only.nodes[0])} », compté négativement."
    same = next((part for part in found.parts if part.is_whole and part.total == found.total), None)
    if same is None or only is not None:
        return ""
    return f"Égal à « {label(replay, same.nodes[0])} » ; les autres lignes auraient pu le changer."


def _limited(replay: Replay, found: Opened) -> str:
    """Say that a value is a sum that the law fixes, or a rate of its only part."""
    if found.parts and any(_is_worth(law.value, found.total) for law in found.laws):
        return "Limité par un montant que la loi fixe."
    rate = next((law for law in found.laws if _is_rate(law.value, found)), None)
    if rate is None:
        return ""
    return f"Soit {french.percent(rate.value * 100, 2)} de « {label(replay, found.parts[0].nodes[0])} »."


def _sum(replay: Replay, parts: Sequence[Moved], hidden: int) -> str:
    """Say that a value is a sum, which of its parts are taken away, and how many are too small to be shown."""
    others = {0: "", 1: " et d’une autre, plus petite"}.get(hidden, f" et de {hidden} autres, plus petites")
    taken = [part for part in parts if part.effect * part.total < 0]
    if not taken:
        return f"Somme des lignes ci-dessous{others}."
    if len(taken) == len(parts):
        return f"Somme des lignes ci-dessous{others}, comptée négativement."
    if len(taken) > MOST_NAMED:
        return f"Somme des lignes ci-dessous{others}, dont {len(taken)} à retrancher."
    named = " et ".join(f"« {label(replay, part.nodes[0])} »" for part in taken)
    return f"Somme des lignes ci-dessous{others}, {named} étant à retrancher."


def _is_worth(value: Leaf, amount: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(abs(value) - abs(amount)) < 0.01


def _is_rate(value: Leaf, found: Opened) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or len(found.parts) != 1 or not found.parts[0].total:
        return False
    return abs(abs(found.total) - abs(value * found.parts[0].total)) < max(0.01, abs(found.total) * 1e-4)


def _nil(replay: Replay, line: Line) -> str:
    """Say why a value is nil, where it can be known: what, alone, would make it something."""
    found = line.opened
    assert found is not None
    reasons = [_reason(replay, part) for part in found.parts[:MOST_NAMED]]
    if not reasons and nil.is_below_scale(found):
        reasons = [_below_scale(found)]
    if not reasons:
        return ""
    opening = "Vous n’y avez pas droit" if is_benefit(replay, line.node) else "Nul"
    if replay.value(line.node).dtype.kind == "b":
        opening = "Non"
    through = f" (par « {label(replay, line.folded[-1])} »)" if line.folded else ""
    return f"{opening}{through}, à cause de : {' ; '.join(reasons)}."


def _below_scale(found: Opened) -> str:
    name, base = next(iter(found.reading.bases.items()))
    reached, limit = float(np.nanmax(base)), float(found.reading.laws[name].value.thresholds[1])
    return (
        f"le barème, qui ne donne rien jusqu’à {french.number(limit)}, s’applique à {french.number(round(reached, 2))}"
    )


def _reason(replay: Replay, part: Moved) -> str:
    """Name what, alone, would change the answer, and what it is worth."""
    value = replay.value(part.nodes[-1])
    worth = ""
    if value.dtype.kind == "b":
        worth = " (oui)" if value.any() else " (non)"
    elif part.total:
        worth = f" ({french.number(round(total(value), 2))})"
    return f"« {label(replay, part.nodes[0])} »{worth}"


def is_benefit(replay: Replay, node: Node) -> bool:
    """Tell whether a variable is a benefit that one has a right to: the model keeps them in a folder."""
    variable = replay.tax_benefit_system.variables[node.name]
    return variable.value_type in (int, float) and "/prestations/" in (getsourcefile(type(variable)) or "")


def _months(replay: Replay, line: Line, unit: str) -> str:
    if len(line.nodes) < 2 or unit != EUROS:
        return ""
    sums = [total(replay.value(node)) for node in line.nodes]
    if max(sums) - min(sums) < 0.01:
        return f"{french.euros(round(sums[0], 2))} chaque mois."
    low, high = (pick(range(len(sums)), key=sums.__getitem__) for pick in (min, max))
    return (
        f"De {french.euros(round(sums[low], 2))} ({french.period(line.nodes[low].period)}) "
        f"à {french.euros(round(sums[high], 2))} ({french.period(line.nodes[high].period)}) selon le mois."
    )


def _detailed(line: Line) -> str:
    """Say of which month the lines below are, where there are several."""
    if len(line.nodes) < 2 or not line.has_below:
        return ""
    return f"Le détail est celui de {french.period(line.node.period)}."


def _persons(replay: Replay, line: Line, unit: str) -> str:
    variable = replay.tax_benefit_system.variables[line.node.name]
    if unit != EUROS or not variable.entity.is_person:
        return ""
    rows = np.sum([replay.value(node).astype(float) for node in line.nodes], axis=0)
    if np.count_nonzero(rows) < 2 or len(rows) > len(RANKS):
        return ""
    said = [f"{french.euros(round(float(sum_), 2))} pour {RANKS[rank]}" for rank, sum_ in enumerate(rows) if sum_]
    return f"{', '.join(said)}."


def label(replay: Replay, node: Node) -> str:
    """Return a variable's label, its name where the model gives none."""
    variable = replay.tax_benefit_system.variables[node.name]
    return str(variable.label or node.name)
