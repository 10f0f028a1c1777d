"""The same file read by other code is another release; a page, a flag or a question changes nothing of that."""

import importlib.util
from dataclasses import replace

from parvis.core.registers.fingerprint import SOURCES, imported, reader_version, reading_code
from parvis.core.registers.shelf import REGISTERS

CORE = SOURCES / "parvis/core/registers"


def reader(path, text):
    path.write_text(text)
    spec = importlib.util.spec_from_file_location("some_reader", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.read


def test_a_register_is_known_by_its_readers_those_they_call_and_the_cores():
    register = REGISTERS.filled()["procurement"]
    code = reading_code(register)
    of_the_register = {path.name for path in code if path.is_relative_to(register.folder)}
    assert {"reading.py", "decp.py", "ocds.py", "tabular.py"} <= of_the_register
    assert {CORE / name for name in ("checking.py", "judging.py", "staging.py", "jsontext.py", "xmltext.py")} <= code
    assert not [path for path in code if "flags" in path.parts or path.name in {"browse.py", "catalogue.py"}]


def test_imports_are_followed_into_sub_folders(tmp_path):
    path = tmp_path / "reader.py"
    path.write_text(
        "import parvis.core.identifiers\n"
        "from parvis.accountability.registers.procurement.rules import dates\n"
        "def read(path):\n    from parvis.core.registers.strict import Row\n"
    )
    found = {file.relative_to(SOURCES).as_posix() for file in imported(path)}
    assert found == {
        "parvis/core/identifiers.py",
        "parvis/accountability/registers/procurement/rules/dates.py",
        "parvis/core/registers/strict.py",
    }


def test_other_code_or_other_sql_is_another_version(grants, tmp_path):
    path = tmp_path / "reader.py"
    first = reader_version(replace(grants, read=reader(path, "def read(path): yield 1\n")))
    assert reader_version(replace(grants, read=reader(path, "def read(path): yield 1\n"))) == first
    assert reader_version(replace(grants, read=reader(path, "def read(path): yield 2\n"))) != first
    same = replace(grants, read=reader(path, "def read(path): yield 1\n"))
    for change in ({"settle": "select 1"}, {"derived": {"grants": ("1 as one",)}}, {"prepare": "select 1"}):
        assert reader_version(replace(same, **change)) != first
