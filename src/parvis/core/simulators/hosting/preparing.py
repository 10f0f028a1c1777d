"""Run once at installation, in the engine's own Python: `preparing MODULE FOLDER`."""

import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import Engine, Field
from parvis.core.simulators.hosting.records import written


def prepare(module: str, folder: Path) -> None:
    """Fill the folder: `image/` is the engine's, the rest is read by the site without a process."""
    loaded, image = import_module(module), folder / "image"
    if hasattr(loaded, "prepare"):
        loaded.prepare(image)
    engine: Engine = loaded.load(image)
    (folder / "card.json").write_text(written(engine.card), encoding="utf-8")
    fields = list(engine.fields())
    lines = "".join(f"{written(field)}\n" for field in fields)
    (folder / "fields.jsonl").write_text(lines, encoding="utf-8")
    (folder / "names.json").write_text(written([field.name for field in fields]), encoding="utf-8")
    (folder / "entities.json").write_text(written(entities(fields)), encoding="utf-8")


def entities(fields: Iterable[Field]) -> dict[str, str]:
    """Return the entity of each field that has one, by its name."""
    return {field.name: field.entity for field in fields if field.kind != "parameter"}


if __name__ == "__main__":
    try:
        prepare(sys.argv[1], Path(sys.argv[2]))
    except ParvisError as error:
        sys.exit(str(error))
