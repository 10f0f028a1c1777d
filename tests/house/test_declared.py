"""Every declared register and kind of text explains itself, shows what it reads, and asks in French."""

import json
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import duckdb
import pytest

from parvis.core.registers.checking import check
from parvis.core.registers.register import Register
from parvis.core.registers.shelf import REGISTERS
from parvis.core.texts.kinds import TEXT_KINDS, TextKind

HEADINGS = ["Méthode", "Exemple", "Pourquoi c'est utile", "Limites", "Démonstration"]
every_register = pytest.mark.parametrize("register", REGISTERS.filled().values(), ids=attrgetter("slug"))
every_text_kind = pytest.mark.parametrize("kind", TEXT_KINDS.filled().values(), ids=attrgetter("slug"))


def unexplained(folder: Path, sample: str = "sample.*") -> Iterator[str]:
    """Say what a declared thing's folder lacks."""
    readme = folder / "README.md"
    if not readme.exists():
        yield "README.md is missing"
    elif headings(readme) != HEADINGS:
        yield f"README.md has the headings {headings(readme)}"
    for name in (sample, "expected.jsonl"):
        if not [path for path in folder.glob(name) if path.suffix != ".py"]:
            yield f"{name} is missing"
    for path in sorted((folder / "questions").glob("*.sql")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        if not (first.startswith("-- ") and first.endswith("?")):
            yield f"questions/{path.name} does not begin with its question"


def headings(readme: Path) -> list[str]:
    lines = readme.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("## ").replace("’", "'") for line in lines if line.startswith("## ")]


def sample(register: Register) -> Path:
    return next(path for path in sorted(register.folder.glob("sample.*")) if path.suffix != ".py")


def published(register: Register, into: Path) -> list[dict[str, object]]:
    """Read the sample and return every published row, and every defect, as JSON would hold them."""
    checked = check(register, sample(register), into)
    found = []
    for table in [*(table.name for table in register.tables), "defects"]:
        path = checked.tables.get(table, into / f"{table}.parquet")
        answered = duckdb.connect().execute(f"SELECT * FROM read_parquet('{path}') ORDER BY ALL")
        names = [column[0] for column in answered.description]
        found += [
            {
                "table": table,
                **{name: value for name, value in zip(names, row, strict=True) if value is not None},
            }
            for row in answered.fetchall()
        ]
    return json.loads(json.dumps(found, default=str))


@every_register
def test_it_explains_itself(register: Register) -> None:
    assert list(unexplained(register.folder)) == []


@every_register
def test_its_sample_reads_as_expected(register: Register, tmp_path: Path) -> None:
    lines = (register.folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()

    assert published(register, tmp_path) == [json.loads(line) for line in lines]


@every_register
def test_its_columns_say_what_they_mean(register: Register) -> None:
    columns = [(table.name, column) for table in register.tables for column in table.columns]

    assert [f"{table}.{column.name}" for table, column in columns if not (column.title and column.help)] == []
    assert [source.slug for source in register.sources if not source.address.startswith("https://")] == []


def told(kind: TextKind) -> Iterator[dict[str, object]]:
    """Read the sample, and yield each passage of each version as JSON would hold it."""
    for text in kind.read(kind.folder / kind.sample):
        assert text.kind == kind.slug
        for version in text.versions:
            for passage in version.document.passages:
                yield {
                    "text": text.slug,
                    "version": version.slug,
                    "unit": passage.unit,
                    "number": passage.number,
                    "path": list(passage.path),
                    "status": passage.status,
                    "words": passage.words,
                }


@every_text_kind
def test_a_kind_of_text_explains_itself(kind: TextKind) -> None:
    assert list(unexplained(kind.folder, kind.sample)) == []


@every_text_kind
def test_a_kind_of_text_reads_its_sample_as_expected(kind: TextKind) -> None:
    lines = (kind.folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()

    assert list(told(kind)) == [json.loads(line) for line in lines] != []


@every_text_kind
def test_a_fictitious_text_says_so(kind: TextKind) -> None:
    for text in kind.read(kind.folder / kind.sample):
        assert "fictif" in text.title


def test_a_thing_that_does_not_explain_itself_is_caught(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "a.sql").write_text("SELECT 1")

    assert list(unexplained(tmp_path)) == [
        "README.md is missing",
        "sample.* is missing",
        "expected.jsonl is missing",
        "questions/a.sql does not begin with its question",
    ]


def test_a_thing_that_explains_half_of_itself_is_caught(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Marchés\n\n## Méthode\n\n## Exemple\n")
    (tmp_path / "sample.json").write_text("{}")
    (tmp_path / "expected.jsonl").write_text("")

    assert list(unexplained(tmp_path)) == ["README.md has the headings ['Méthode', 'Exemple']"]
