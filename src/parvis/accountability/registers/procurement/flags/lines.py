"""Read OCDS compiled releases, one a line, and keep the parts that flags compare; a wrong line is named."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import orjson

from parvis.core.errors import ParvisError


class NotACompiledRelease(ParvisError):
    """A line of the file is not an OCDS compiled release."""


class NoRelease(ParvisError):
    """The file has no line."""


def part(**properties: object) -> dict[str, object]:
    return {"type": ["object", "null"], "properties": properties}


def several(item: object) -> dict[str, object]:
    return {"type": ["array", "null"], "items": item}


THING: Final = {"type": "object"}
ORGANIZATIONS: Final = several(THING)
BID: Final = {**part(value=part(currency={"type": ["string", "null"]}), tenderers=ORGANIZATIONS), **THING}
AWARD: Final = {**part(suppliers=ORGANIZATIONS, items=several({**part(classification=part()), **THING})), **THING}
SHAPE: Final = {
    "type": "object",
    "required": ["ocid"],
    "properties": {
        "ocid": {"type": "string"},
        "buyer": part(),
        "tender": part(tenderPeriod=part(), procuringEntity=part()),
        "bids": part(details=several(BID)),
        "awards": several(AWARD),
    },
}
"""What the flags go through, as OCDS 1.1 shapes it. Everything else may be anything: no flag reads it."""

KEPT: Final = tuple(SHAPE["properties"])
BOM: Final = b"\xef\xbb\xbf"


def releases(path: Path, *, progress: Callable[[int, int], None]) -> Iterator[dict[str, Any]]:
    """Give each release's parts that flags read. `progress` is told the bytes read and the whole."""
    shape = jsonschema_rs.validator_for(SHAPE)
    size, done, number = path.stat().st_size, 0, 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            done += len(line)
            progress(done, size)
            if line.strip():
                yield kept(line.removeprefix(BOM), number, shape)
    if not number:
        raise NoRelease(f"« {path.name} » est vide : une publication OCDS compilée par ligne y est attendue.")


def kept(line: bytes, number: int, shape: jsonschema_rs.Validator) -> dict[str, Any]:
    """Read a line, or say what is wrong with it."""
    try:
        release = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise NotACompiledRelease(
            f"Ligne {number} : ce n'est pas du JSON. Une publication OCDS compilée par ligne est attendue "
            "(« ocdskit compile », puis une publication par ligne) ; rien n'a été calculé."
        ) from None
    wrong = next(shape.iter_errors(release), None)
    if wrong is not None:
        where = "/".join(map(str, wrong.instance_path)) or "la publication"
        raise NotACompiledRelease(
            f"Ligne {number}, {where} : la forme n'est pas celle d'OCDS 1.1, ou l'« ocid » manque. Corrigez cette "
            "ligne ; rien n'a été calculé."
        )
    return {name: release[name] for name in KEPT if name in release}
