"""Tell two readers apart: the same file read by other rules is another release."""

import hashlib
from dataclasses import astuple
from importlib.metadata import PackageNotFoundError, version

import orjson

from parvis.core.registers.register import Register


def reader_version(register: Register) -> str:
    """Return Parvis's version and a fingerprint of what the register does to a source: tables, rules, SQL and code."""
    made_by = (
        [astuple(rule) for rule in register.rules],
        [(table.name, [(column.name, column.type) for column in table.columns]) for table in register.tables],
        [register.macros, register.prepare, sorted(register.assembly.items())],
        [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(register.folder.glob("*.py"))],
    )
    digest = hashlib.sha256(orjson.dumps(made_by)).hexdigest()
    return f"{parvis_version()}+{digest[:12]}"


def parvis_version() -> str:
    """Return the version of the installed package, or of the tree that is run without being installed."""
    try:
        return version("parvis")
    except PackageNotFoundError:
        return "0"
