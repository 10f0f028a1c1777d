"""What is not documented does not exist: pages are compared with the code."""

import ast
import re
import runpy
from pathlib import Path

import pytest
from django.apps import apps

from house.law import ROOT, modules, parsed

REFERENCE = runpy.run_path(str(ROOT / "scripts" / "reference.py"))
GLOSSARY_ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)[^)]*\)")
PAGES = [
    path for path in sorted(ROOT.rglob("*.md")) if {".venv", "tests", "src"}.isdisjoint(path.relative_to(ROOT).parts)
]


def glossary(part: str) -> dict[str, str]:
    """Return the French word of each noun of one part of the glossary."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    section = text.split(f"## {part}\n")[1].split("\n## ")[0]
    return {name: french for name, french, *_ in GLOSSARY_ROW.findall(section)}


def shelved() -> set[str]:
    """Return the nouns that rooms declare: the constants that the core's shelves look for."""
    found = set()
    for path in modules(ROOT):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and "Shelf" in ast.unparse(node.func) and len(node.args) == 2:
                found.add(node.args[1].value.title().replace("_", ""))
    return found


@pytest.mark.parametrize("page", REFERENCE["PAGES"])
def test_the_reference_says_what_the_code_says(page: str) -> None:
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")

    assert written == REFERENCE["PAGES"][page](), "lancez « make docs »"


def test_the_glossary_gives_every_table_its_french_word() -> None:
    tables = {
        model.__name__: str(model._meta.verbose_name)
        for model in apps.get_models()
        if model.__module__.startswith("parvis.")
    }

    assert glossary("Noms gardés") == tables


def test_the_glossary_gives_every_declared_noun_a_row() -> None:
    assert shelved() - {"Plan"} <= set(glossary("Noms déclarés"))


def test_every_declared_noun_of_the_glossary_exists() -> None:
    classes = {
        node.name for path in modules(ROOT) for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)
    }

    assert set(glossary("Noms déclarés")) <= classes


@pytest.mark.parametrize("page", PAGES, ids=[str(path.relative_to(ROOT)) for path in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_decisions_are_numbered_without_a_hole() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("0*.md"))]

    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]


def test_every_make_target_is_told_to_contributors() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    assert [target for target in targets if f"`make {target}`" not in told] == []


def test_every_change_is_a_sentence_of_a_room() -> None:
    notes = [path for path in (ROOT / "changelog.d").glob("*.md") if path.name != "README.md"]
    told = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n### ")[1:]

    assert [
        path.name for path in notes if not re.match(r"[A-ZÉ][\w' -]+ : \S.*\.$", path.read_text("utf-8"), re.DOTALL)
    ] == []
    assert told
    for room in told:
        title, *sentences = re.split(r"\n+- ", room.rstrip())
        assert re.fullmatch(r"[A-ZÉ]\w+", title)
        assert sentences
        assert [sentence for sentence in sentences if not sentence.endswith(".")] == []
