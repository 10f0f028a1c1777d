"""The law behind a rule or a value, as the package gives it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from openfisca_core.parameters import Parameter, ParameterNode, ParameterScale
from openfisca_core.variables import Variable

from parvis.core.simulators.contract import Ref

ADDRESS: Final = re.compile(r"https?://\S+")


def of_variable(variable: Variable) -> tuple[Ref, ...]:
    """Give a variable's references: texts, addresses, or a text that ends with its address."""
    return tuple(_read(said) for said in variable.reference or () if said.strip())


def _read(said: str, valid_from: date | None = None) -> Ref:
    address = ADDRESS.search(said)
    if address is None:
        return Ref(said.strip(), "", valid_from)
    title = said.replace(address[0], "").strip(" :,()")
    return Ref(title or address[0], address[0], valid_from)


def by_day(parameter: Parameter | ParameterScale | ParameterNode) -> dict[str, tuple[Ref, ...]]:
    """Give a parameter's references by the day they are given for; those given for no day under « »."""
    said = parameter.metadata.get("reference")
    if isinstance(said, Mapping) and not {"title", "href"} & set(said):
        return {str(day): tuple(_each(refs, _date(str(day)))) for day, refs in sorted(said.items(), key=_first)}
    return {"": tuple(_each(said, None))} if said else {}


def _first(item: tuple[object, object]) -> str:
    return str(item[0])


def _each(said: object, valid_from: date | None) -> Iterator[Ref]:
    if isinstance(said, list):
        for one in said:
            yield from _each(one, valid_from)
    elif isinstance(said, Mapping):
        title, href = str(said.get("title") or "").strip(), str(said.get("href") or "").strip()
        if title or href:
            yield Ref(title or href, href, valid_from)
    elif isinstance(said, str) and said.strip():
        yield _read(said, valid_from)


def _date(said: str) -> date | None:
    return date.fromisoformat(said) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) else None


def in_force(found: Mapping[str, tuple[Ref, ...]], day: str) -> tuple[Ref, ...]:
    """Give the references of the last day on or before this one."""
    days = [one for one in found if one <= day and found[one]]
    return found[max(days)] if days else ()
