"""Parameters by their name, and the tree of parameters with some of them changed: what is not changed is shared."""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, TypeAlias

from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale
from openfisca_core.periods import instant

from parvis.commons.engines.openfisca.asked import SHOWN, near
from parvis.core.simulators.contract import Change, UnknownField, Value, WrongPeriod, WrongValue

Node: TypeAlias = ParameterNode | ParameterScale | Parameter
Fresh: TypeAlias = dict[int, Node]
"""What stands in the place of a node, by its `id`."""
Tree: TypeAlias = Mapping[str, Parameter | ParameterScale]
"""Every parameter by its name: « a.b.rate », and for what a scale is made of « a.b.scale[4].rate »."""

BRACKET: Final = re.compile(r"(?P<scale>.+?)\.?(?:brackets)?\[(?P<number>\d+)\]\.(?P<part>\w+)")
YEARS: Final = (1900, 2200)


def leaves(node: ParameterNode) -> Iterator[Parameter | ParameterScale]:
    """Give the parameters and scales below a node; one that stands in two places is given twice."""
    for child in node.children.values():
        if isinstance(child, ParameterNode):
            yield from leaves(child)
        else:
            yield child


def by_name(root: ParameterNode) -> Tree:
    """Name the parameters. Of two of the same name, the one of the files is kept."""
    return layers(root)[0]


def layers(root: ParameterNode) -> list[Tree]:
    """Name the parameters, then the copies that the package makes of some of them, which keep their names."""
    found: list[dict[str, Parameter | ParameterScale]] = [{}]
    for leaf in {id(leaf): leaf for leaf in leaves(root)}.values():
        layer = next((layer for layer in found if leaf.name not in layer), None)
        if layer is None:
            found.append(layer := {})
        layer[leaf.name] = leaf
    return list(found)


def find(tree: Tree, name: str) -> Parameter:
    """Find a parameter, or a part of a scale's bracket. Raises UnknownField, WrongValue."""
    found = tree.get(name)
    if isinstance(found, Parameter):
        return found
    if found is not None:
        last = len(found.brackets) - 1
        raise WrongValue(f"« {name} » est un barème : changez-en une tranche, de « {name}[0] » à « {name}[{last}] ».")
    said = BRACKET.fullmatch(name)
    scale = tree.get(said["scale"]) if said else None
    if said is None or not isinstance(scale, ParameterScale):
        raise UnknownField(f"OpenFisca-France n’a pas de paramètre « {name[:SHOWN]} »{_nearest(tree, name)}")
    return _part(scale, int(said["number"]), said["part"])


def _nearest(tree: Tree, name: str) -> str:
    said = BRACKET.fullmatch(name)
    if said is None:
        return near(name, tree)
    scales = (key for key, leaf in tree.items() if isinstance(leaf, ParameterScale))
    return near(said["scale"], scales)


def _part(scale: ParameterScale, number: int, part: str) -> Parameter:
    if number >= len(scale.brackets):
        last = len(scale.brackets) - 1
        raise WrongValue(f"« {scale.name} » n’a pas de tranche n° {number} : elles vont de 0 à {last}.")
    parts = scale.brackets[number].children
    if part not in parts:
        raise UnknownField(f"Une tranche de « {scale.name} » n’a pas de « {part} » : elle a {', '.join(parts)}.")
    found: Parameter = parts[part]
    return found


def changed(root: ParameterNode, trees: Sequence[Tree], changes: Sequence[Change]) -> ParameterNode:
    """Return the tree after the changes, in their order. Raises RefusedInput."""
    fresh: Fresh = {}
    for change in changes:
        for leaf in found(trees, change.parameter):
            after = fresh.setdefault(id(leaf), copy.copy(leaf))
            after.values_history = after
            update(after, change)
    rebuilt = _rebuilt(root, fresh)
    for change in changes:
        _check_scale(trees[0], fresh, change)
    return rebuilt


def found(trees: Sequence[Tree], name: str) -> list[Parameter]:
    """Find a parameter and its copies: what changes, changes everywhere. Raises UnknownField, WrongValue."""
    said = BRACKET.fullmatch(name)
    whole = said["scale"] if said else name
    return [find(trees[0], name), *(find(tree, name) for tree in trees[1:] if whole in tree)]


def update(parameter: Parameter, change: Change) -> None:
    _check_days(change)
    _check_value(parameter, change)
    # OpenFisca's own update writes a new list of values: the one that the copy shares with the law is not touched.
    stop = change.stop - timedelta(days=1) if change.stop else None
    parameter.update(
        start=instant(change.start), stop=instant(stop) if stop else None, value=_like(parameter, change.value)
    )


def _check_days(change: Change) -> None:
    if not YEARS[0] <= change.start.year <= YEARS[1]:
        raise WrongPeriod(f"« {change.parameter} » : un changement prend effet entre {YEARS[0]} et {YEARS[1]}.")
    if change.stop is not None and change.stop <= change.start:
        raise WrongPeriod(f"« {change.parameter} » : le changement finit le {change.stop}, avant d’avoir commencé.")


def _check_value(parameter: Parameter, change: Change) -> None:
    before = parameter.get_at_instant(change.start.isoformat())
    if before is None:
        raise WrongPeriod(
            f"« {change.parameter} » n’a pas de valeur le {change.start} ({_life(parameter)}) : changez-en la date."
        )
    if not _is_alike(before, change.value):
        raise WrongValue(f"« {change.parameter} » vaut « {before} » : « {change.value} » n’est pas de même nature.")
    if isinstance(change.value, int | float) and not abs(change.value) < 1e15:
        raise WrongValue(f"« {change.parameter} » : « {change.value} » n’est pas un nombre utilisable.")


def _life(parameter: Parameter) -> str:
    known = [value for value in parameter.values_list if value.value is not None]
    if not known:
        return "il n’en a jamais eu"
    first, last = known[-1].instant_str, parameter.values_list[0]
    return f"il commence le {first}" + (f" et cesse le {last.instant_str}" if last.value is None else "")


def _is_alike(before: Value, after: Value) -> bool:
    if isinstance(before, bool) or isinstance(after, bool):
        return isinstance(before, bool) and isinstance(after, bool)
    if isinstance(before, int | float):
        return isinstance(after, int | float)
    return isinstance(before, str) and isinstance(after, str)


def _like(parameter: Parameter, value: Value) -> Value:
    """Keep the numbers' type: where every value of the law is an integer and the new one is one, it stays one."""
    return int(value) if isinstance(value, float) and value.is_integer() and _is_integer(parameter) else value


def _is_integer(parameter: Parameter) -> bool:
    return all(isinstance(value.value, int) for value in parameter.values_list if value.value is not None)


def _rebuilt(node: Node, fresh: Fresh) -> Node:
    """Copy the nodes that hold a changed parameter, and them only; one that stands in two places stays one."""
    if id(node) in fresh:
        return fresh[id(node)]
    after = node
    if isinstance(node, ParameterNode):
        after = _with_children(node, {key: _rebuilt(child, fresh) for key, child in node.children.items()})
    elif isinstance(node, ParameterScale):
        after = _with_brackets(node, [_rebuilt(bracket, fresh) for bracket in node.brackets])
    fresh[id(node)] = after
    return after


def _with_children(node: ParameterNode, children: dict[str, Node]) -> ParameterNode:
    other = {key: child for key, child in children.items() if child is not node.children[key]}
    if not other:
        return node
    after = copy.copy(node)
    after.children = children
    for key, child in other.items():
        setattr(after, key, child)
    return after


def _with_brackets(scale: ParameterScale, brackets: list[Node]) -> ParameterScale:
    if all(after is before for after, before in zip(brackets, scale.brackets, strict=True)):
        return scale
    after = copy.copy(scale)
    after.brackets = brackets
    return after


def _check_scale(tree: Tree, fresh: Fresh, change: Change) -> None:
    """Refuse a scale whose thresholds no longer rise, on the change's day or when one of them moves later."""
    said = BRACKET.fullmatch(change.parameter)
    if said is None or said["part"] != "threshold":
        return
    scale = fresh[id(tree[said["scale"]])]
    thresholds = [bracket.children["threshold"] for bracket in scale.brackets if "threshold" in bracket.children]
    for day in sorted({change.start.isoformat(), *_days(thresholds, change)}):
        _check_rise(change, day, [threshold.get_at_instant(day) for threshold in thresholds])


def _days(thresholds: Sequence[Parameter], change: Change) -> Iterator[str]:
    last = change.stop or date.max
    for threshold in thresholds:
        for value in threshold.values_list:
            if change.start.isoformat() <= value.instant_str < last.isoformat():
                yield value.instant_str


def _check_rise(change: Change, day: str, found: Sequence[float | None]) -> None:
    known = [value for value in found if value is not None]
    if any(after <= before for before, after in pairwise(known)):
        said = " ; ".join(f"{value:g}" for value in known)
        raise WrongValue(f"« {change.parameter} » : au {day} les seuils du barème ne montent plus ({said}).")
