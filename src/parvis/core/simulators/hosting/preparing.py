"""Run once at installation, in the engine's own Python: `preparing MODULE FOLDER CASES`."""

import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import CaseResult, Engine, Field, Tested
from parvis.core.simulators.hosting.records import written

SAMPLE = 12
"""How many of an engine's own cases are run at installation; « parvis engine cases » runs them all."""


def prepare(module: str, folder: Path, cases: str) -> None:
    """Fill the folder: `image/` is the engine's, the rest is read by the site without a process."""
    loaded, image = import_module(module), folder / "image"
    if hasattr(loaded, "prepare"):
        loaded.prepare(image)
    engine: Engine = loaded.load(image)
    (folder / "card.json").write_text(written(engine.card), encoding="utf-8")
    fields = list(engine.fields())
    write_lines(folder / "fields.jsonl", fields)
    (folder / "entities.json").write_text(written(entities(fields)), encoding="utf-8")
    write_lines(folder / "cases.jsonl", sample(engine, cases))


def entities(fields: Iterable[Field]) -> dict[str, str]:
    """Return the entity of each field that has one, by its name."""
    return {field.name: field.entity for field in fields if field.kind != "parameter"}


def write_lines(path: Path, things: Iterable[object]) -> None:
    path.write_text("".join(f"{written(thing)}\n" for thing in things), encoding="utf-8")


def sample(engine: Engine, cases: str) -> list[CaseResult]:
    """Run a sample of the engine's own cases; without their folder, none: the page says so."""
    if not isinstance(engine, Tested) or not cases or not Path(cases).is_dir():
        return []
    return list(engine.cases(Path(cases), most=SAMPLE))


if __name__ == "__main__":
    try:
        prepare(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
    except ParvisError as error:
        sys.exit(str(error))
