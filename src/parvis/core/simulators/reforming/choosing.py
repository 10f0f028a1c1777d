"""Find the parameter to change: among all of a model by their words, or among those that a calculator suggests."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from parvis.core.simulators.catalogue.searching import Filters, Index
from parvis.core.simulators.catalogue.tree import is_under
from parvis.core.simulators.citing import named
from parvis.core.simulators.contract import Change, Field, Ref, UnknownField
from parvis.core.simulators.reforming.changes import laws, value_words

MOST: Final = 25
"""Parameters that a search lists: more words make fewer."""

BRACKET: Final = re.compile(r"\[(\d+)\]\.(?:threshold|rate|amount)$")
CHANGEABLE: Final = {"number", "integer", "bool", "choice", "date", "text"}


@dataclass(frozen=True)
class Parameter:
    """A parameter that may be changed, with its value in force on a day and what sets it."""

    name: str
    label: str
    value: str
    since: date | None
    refs: tuple[Ref, ...]


@dataclass(frozen=True)
class Changed:
    """A change of the reform, in words."""

    name: str
    label: str
    before: str
    after: str
    start: date
    stop: date | None
    refs: tuple[Ref, ...]


def parameter(field: Field, on: date) -> Parameter:
    """Tell a parameter as it is on a day."""
    dated = field.on(on)
    value = value_words(field, dated.value) if dated and dated.value is not None else "non défini"
    return Parameter(field.name, field.label, value, dated.start if dated else None, named(laws(field, on)))


def changed(change: Change, fields: Mapping[str, Field]) -> Changed:
    """Tell a change. Raises UnknownField."""
    field = known(change.parameter, fields)
    before = parameter(field, change.start)
    after = value_words(field, change.value)
    return Changed(field.name, field.label, before.value, after, change.start, change.stop, before.refs)


def known(name: str, fields: Mapping[str, Field]) -> Field:
    """Return a parameter by its name. Raises UnknownField."""
    found = fields.get(name)
    if found is None or not is_changeable(found):
        raise UnknownField(f"Aucun paramètre de ce modèle ne se nomme « {name[:200]} » : cherchez-le par ses mots.")
    return found


@dataclass(frozen=True)
class Bracket:
    """A bracket of a scale: from which amount, at which rate."""

    rank: int
    parts: tuple[Parameter, ...]


@dataclass(frozen=True)
class Suggestion:
    """A parameter that people most often change; or several under one title, as the brackets of a scale."""

    title: str
    parameters: tuple[Parameter, ...]
    refs: tuple[Ref, ...]

    @property
    def brackets(self) -> tuple[Bracket, ...]:
        """Return the brackets of a scale, each with its threshold and its rate; none of what is not one."""
        ranks: dict[int, list[Parameter]] = {}
        for one in self.parameters:
            if rank := BRACKET.search(one.name):
                ranks.setdefault(int(rank[1]) + 1, []).append(one)
        return tuple(Bracket(rank, tuple(parts)) for rank, parts in ranks.items() if len(parts) > 1)


def suggested(places: Sequence[str], fields: Mapping[str, Field], on: date) -> tuple[Suggestion, ...]:
    """Return the parameters that a calculator names, and those that stand under a scale or a place that it names."""
    found = [_suggestion(place, fields, on) for place in places]
    return tuple(suggestion for suggestion in found if suggestion.parameters)


def _suggestion(place: str, fields: Mapping[str, Field], on: date) -> Suggestion:
    within = [fields[name] for name in fields if is_under(name, place)]  # a field is read from its file at need
    told = [parameter(field, on) for field in within if is_changeable(field) and _has_value(field, on)]
    title = fields[place].label if place in fields else place
    refs = tuple(dict.fromkeys(ref for one in told for ref in one.refs))
    return Suggestion(title, tuple(replace(one, label=one.label.removeprefix(f"{title} : ")) for one in told), refs)


def _has_value(field: Field, on: date) -> bool:
    dated = field.on(on)
    return dated is not None and dated.value is not None


def searched(index: Index, fields: Mapping[str, Field], text: str, on: date) -> tuple[Parameter, ...]:
    """Return the parameters that have the words of a search, best first; what cannot be changed by itself left out."""
    found = index.find(Filters(text=text, kind="parameter")).entries
    kept = [fields[entry.name] for entry in found if entry.name in fields]
    return tuple(parameter(field, on) for field in kept[: 2 * MOST] if is_changeable(field))[:MOST]


def is_changeable(field: Field) -> bool:
    """Whether a parameter is changed as one value: a scale is by its parts."""
    return field.kind == "parameter" and field.type in CHANGEABLE
