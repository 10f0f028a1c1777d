"""The contract's values as JSON, and back: cards, fields, steps and cases cross processes as plain text."""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Hashable
from datetime import date
from functools import cache
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


def written(thing: object) -> str:
    """Write a value of the contract; a named tuple is a list, in its order."""
    return json.dumps(thing, default=_said, ensure_ascii=False, separators=(",", ":"))


def _said(thing: object) -> object:
    if dataclasses.is_dataclass(thing):
        return {known.name: getattr(thing, known.name) for known in dataclasses.fields(thing)}
    if isinstance(thing, np.generic | np.ndarray):
        return thing.tolist()
    if isinstance(thing, date):
        return thing.isoformat()
    raise TypeError(f"{type(thing).__name__} does not cross: the contract has no such value")


def read(kind: type[T], text: str | bytes | bytearray | memoryview) -> T:
    """Read a value of the contract from its JSON."""
    return built(kind, json.loads(bytes(text) if isinstance(text, memoryview) else text))


def built(kind: type[T], said: object) -> T:
    """Build a value of the contract from its JSON."""
    return typing.cast("T", _builder(typing.cast("Hashable", kind))(said))


@cache
def _builder(kind: Hashable) -> Callable[[Any], Any]:
    """Return what makes a value of a type from its JSON; made once a type."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        makers = [_builder(hint) for hint in typing.get_type_hints(kind).values()]
        return lambda said: kind(*(make(value) for make, value in zip(makers, said, strict=True)))
    if origin is tuple:
        return _tuple(inner)
    if origin in {typing.Union, types.UnionType} and date in inner:
        return lambda said: None if said is None else date.fromisoformat(said)
    if kind is date:
        return date.fromisoformat
    return lambda said: said


def _dataclass(kind: type[Any]) -> Callable[[Any], Any]:
    makers = {name: _builder(hint) for name, hint in typing.get_type_hints(kind).items()}
    return lambda said: kind(**{name: makers[name](value) for name, value in said.items()})


def _tuple(inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    if inner[1:] == (Ellipsis,):
        make = _builder(inner[0])
        return lambda said: tuple(make(value) for value in said)
    makers = [_builder(hint) for hint in inner]
    return lambda said: tuple(make(value) for make, value in zip(makers, said, strict=True))
