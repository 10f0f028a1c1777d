"""Tell two readers apart: the same file read by other rules is another release."""

import ast
import hashlib
import inspect
from collections.abc import Iterator
from dataclasses import astuple
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import orjson

from parvis.core.registers import checking
from parvis.core.registers.register import Register

SOURCES = Path(__file__).parents[3]  # the folder that holds `parvis`
SHAPES = SOURCES / "parvis/core/registers/register.py"
"""What a register may declare, flags and lists included: what this one does declare for reading is in `declared`."""


def reader_version(register: Register) -> str:
    """Return Parvis's version and a fingerprint of what is done to a source: tables, rules, SQL, and all the code."""
    code = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(reading_code(register))]
    digest = hashlib.sha256(orjson.dumps([declared(register), code])).hexdigest()
    return f"{parvis_version()}+{digest[:12]}"


def declared(register: Register) -> list[object]:
    """Return what a register declares of its reading."""
    return [
        [astuple(rule) for rule in register.rules],
        [(table.name, [(column.name, column.type) for column in table.columns]) for table in register.tables],
        [sorted(named.items()) for named in (register.raw_tables, register.passing_tables, register.derived)],
        [register.key, register.macros, register.prepare, register.settle, sorted(register.assembly.items())],
    ]


def reading_code(register: Register) -> set[Path]:
    """Return the files of the register's reader and of the core's, with all that they import of Parvis."""
    waiting = [Path(inspect.getfile(checking)), Path(inspect.getfile(register.read))]
    if register.records:
        waiting.append(Path(inspect.getfile(register.records)))
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found and path != SHAPES:
            found.add(path)
            waiting.extend(imported(path))
    return found


def imported(path: Path) -> Iterator[Path]:
    """Give the files of the modules of Parvis that a file imports; `from package import module`: the module alone."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = [file for alias in node.names for file in module_file(f"{node.module}.{alias.name}")]
            yield from inside or module_file(node.module)
        elif isinstance(node, ast.Import):
            yield from (file for alias in node.names for file in module_file(alias.name))


def module_file(dotted: str) -> list[Path]:
    """Return the file of a module of Parvis; nothing for another name."""
    module = SOURCES / dotted.replace(".", "/")
    return [file for file in (module.with_suffix(".py"), module / "__init__.py") if file.is_file()]


def parvis_version() -> str:
    """Return the version of the installed package, or of the tree that is run without being installed."""
    try:
        return version("parvis")
    except PackageNotFoundError:
        return "0"
