"""The laws of the house: the project keeps each of them, and each of them can be broken."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from house.law import ROOT, Law
from house.laws import acts, shape, words

LAWS = shape.LAWS + acts.LAWS + words.LAWS
every_law = pytest.mark.parametrize("law", LAWS, ids=[law.title for law in LAWS])


def plant(tree: dict[str, str], root: Path) -> Path:
    for name, text in tree.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("check", {law.check: None for law in LAWS}, ids=lambda check: check.__name__)
def test_the_project_has_no(check: Callable[[Path], Iterable[str]]) -> None:
    assert list(check(ROOT)) == []


@every_law
def test_a_planted_fault_is_caught(law: Law, tmp_path: Path) -> None:
    faults = list(law.check(plant(law.broken, tmp_path)))

    faulty = next(iter(law.broken))
    assert faults
    assert all(fault.startswith((faulty, faulty.split("/")[0] + ":")) for fault in faults)


@every_law
def test_a_mended_tree_is_let_through(law: Law, tmp_path: Path) -> None:
    assert list(law.check(plant(law.kept, tmp_path))) == []
