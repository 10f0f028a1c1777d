"""The text of the rules, read in their files."""

import ast
from datetime import timedelta
from functools import cached_property
from inspect import getsource
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca import repairs
from parvis.commons.engines.openfisca.systems import FRANCE
from parvis.core.simulators.contract import Formula


class Source(NamedTuple):
    """Where a variable is written, and the text of each of its formulas by its function's name."""

    place: str
    texts: dict[str, str]


class Sources:
    """The files of the rules, read once when the first text is asked."""

    @cached_property
    def found(self) -> dict[str, Source]:
        """Every variable's text, by its name."""
        paths = sorted((FRANCE / "model").rglob("*.py"))
        return {name: source for path in paths for name, source in _read(path).items()}

    def place(self, variable: Variable) -> str:
        source = self.found.get(variable.name)
        return source.place if source else ""

    def formulas(self, variable: Variable) -> tuple[Formula, ...]:
        """Give a variable's formulas, oldest first."""
        source = self.found.get(variable.name)
        texts = source.texts if source else {}
        if variable.name == repairs.REPAIRED:
            texts = {repairs.formula.__name__: getsource(repairs.formula)}
        found = [
            Formula(variable.parse_formula_name(formula.__name__), texts.get(formula.__name__, ""))
            for formula in variable.formulas.values()
        ]
        # A variable that ended has a last rule without words: from that day on, there is none.
        over = [Formula(variable.end + timedelta(days=1), "")] if variable.end else []
        return (*found, *over)


def _read(path: Path) -> dict[str, Source]:
    text = path.read_text(encoding="utf-8")
    lines, place = text.splitlines(), path.relative_to(FRANCE.parent).as_posix()
    classes = (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
    return {node.name: Source(f"{place}#L{node.lineno}-L{node.end_lineno}", _texts(node, lines)) for node in classes}


def _texts(variable: ast.ClassDef, lines: list[str]) -> dict[str, str]:
    functions = (node for node in variable.body if isinstance(node, ast.FunctionDef))
    return {node.name: dedent("\n".join(lines[node.lineno - 1 : node.end_lineno])) for node in functions}
