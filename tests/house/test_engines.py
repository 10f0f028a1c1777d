"""Every declared engine: it says what it is, gives the same bits again, and names the law of what it explains."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from parvis.core.discovery import DuplicateSlug, MissingConstant, Shelf
from parvis.core.simulators.calculating.explaining import tree
from parvis.core.simulators.calculators import CALCULATORS, Calculator
from parvis.core.simulators.contract import Ref, Step
from parvis.core.simulators.engines import ENGINES, DeclaredEngine
from parvis.core.simulators.hosting import installing, keeping
from parvis.core.simulators.hosting.calling import Host, NotAnswered, host
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.tables import gather, share_out

NO_LAW = "Le modèle ne nomme pas de texte."
CASES = 2
"""Typical cases of each calculator that are computed: their formulas are the engine's own tests."""


@pytest.fixture(scope="module", params=ENGINES.filled())
def engine(request: pytest.FixtureRequest, data: Path) -> Host:
    """Each engine, installed where it is not yet: it needs no line here."""
    installing.install(host(request.param).declared, tell=lambda _step: None)
    return host(request.param)


def questions(slug: str) -> list[Asked]:
    """Return what the calculators of an engine ask for their typical cases."""
    found = [one for one in CALCULATORS.filled().values() if one.engine == slug]
    return [asked for calculator in found for asked in typical(calculator)]


def typical(calculator: Calculator) -> list[Asked]:
    outputs = tuple(dict.fromkeys(shown.field for shown in calculator.outputs))
    tables = [calculator.table(answers) for answers in list(calculator.cases.values())[:CASES]]
    return [Asked(calculator.engine, table, outputs, calculator.period) for table in tables]


def test_it_says_what_it_is_and_what_it_is_not(engine: Host) -> None:
    card = engine.card()

    assert card.engine == engine.declared.slug
    assert len(card.digest) == 64
    assert all((card.title, card.version, card.summary, card.owner, card.licence, card.not_modelled))
    assert card.source.startswith("https://")
    assert questions(engine.declared.slug), "no calculator asks people what it needs"


def test_its_fields_say_what_they_are(engine: Host) -> None:
    fields = list(engine.fields().values())
    entities = {entity.key for entity in engine.card().entities}

    assert {field.kind for field in fields} >= {"output"}
    assert [field.name for field in fields if not field.label] == []
    assert [field.name for field in fields if field.kind != "parameter" and field.entity not in entities] == []
    assert [field.name for field in fields if field.type == "choice" and not field.choices] == []
    assert [
        field.name for field in fields if [*field.history] != sorted(field.history, key=lambda known: known.start)
    ] == []


def test_the_same_inputs_give_the_same_bits_again_and_in_another_process(engine: Host) -> None:
    asked = questions(engine.declared.slug)
    first = [engine.evaluate(one, anew=True) for one in asked]
    before = keeping.status(engine)
    again = [engine.evaluate(one, anew=True) for one in reversed(asked)]
    after = keeping.status(engine)
    keeping.stop(engine)
    elsewhere = [engine.evaluate(one) for one in asked]
    other = keeping.status(engine)

    assert (other["pid"] != before["pid"], other["stored"]) == (True, 0)
    assert after["stored"] == before["stored"]
    assert [one.results for one in first] == [one.results for one in reversed(again)]
    assert [(one.identity, one.results) for one in first] == [(one.identity, one.results) for one in elsewhere]


def test_a_case_has_the_same_bits_among_others(engine: Host) -> None:
    """Callers are gathered: what one asks must not change another's result."""
    entities = {name: field.entity for name, field in engine.fields().items()}
    for asked in questions(engine.declared.slug)[:1]:
        tables = [asked.table] * 7
        together = engine.evaluate(replace(asked, table=gather(tables))).columns
        for part in share_out(together, entities, tables):
            alone = engine.evaluate(asked).columns
            assert {key: values.tobytes() for key, values in part.items()} == {
                key: values.tobytes() for key, values in alone.items()
            }


def test_each_step_of_an_explanation_names_its_law_or_says_that_it_has_none(engine: Host) -> None:
    for asked in questions(engine.declared.slug)[:1]:
        for output in asked.outputs[:1]:
            assert list(unreferenced(explained(engine, asked, output))) == []


def explained(engine: Host, asked: Asked, output: str) -> Sequence[Step]:
    """Return the steps that matter; none where the engine says that it cannot explain."""
    try:
        return engine.explain(asked, output)
    except NotAnswered:
        return ()


def unreferenced(steps: Sequence[Step]) -> Iterator[str]:
    """Say which steps neither name a text nor admit, on the page, that the model names none."""
    for place, step in enumerate(steps):
        node = tree([replace(step, parent=-1)])[0]
        shown = render_to_string("simulators/calculating/step.html", {"node": node})
        named = [ref for ref in step.refs if ref.title.strip() and ref.href[:4] in {"", "http"}]
        if len(named) != len(step.refs):
            yield f"{step.name} names a text without a title, or with an address that is none"
        if not step.is_given and (NO_LAW in shown) == bool(step.refs):
            yield f"{step.name} does not show whether it has a text"
        if not -1 <= step.parent < place and place:
            yield f"{step.name} is used by a step that does not come before it"


def test_a_step_that_hides_its_lack_of_law_is_caught() -> None:
    given = Step("a", "A", "2024", 1, "EUR", (Ref(" ", "javascript:alert()"),), -1)

    assert list(unreferenced([given])) == ["a names a text without a title, or with an address that is none"]
    assert list(unreferenced([replace(given, refs=())])) == []


def plant(folder: Path, **modules: str) -> Shelf[DeclaredEngine]:
    """Return the shelf of a room whose engines are these modules."""
    room = folder / f"room_{folder.name}"
    (room / "engines").mkdir(parents=True)
    for name, text in modules.items():
        (room / "engines" / f"{name}.py").write_text(text)
    (room / "__init__.py").write_text("")
    (room / "engines" / "__init__.py").write_text("")
    return Shelf("engines", "ENGINE", rooms=[room.name])


ENGINE = """
from parvis.core.simulators.engines import DeclaredEngine
ENGINE = DeclaredEngine("weather", "Temps", "Le temps.", "weather")
"""


@pytest.mark.parametrize(
    ("modules", "refusal"),
    [
        ({"weather": "x = 1"}, MissingConstant),
        ({"weather": ENGINE, "climate": ENGINE}, DuplicateSlug),
        ({"weather": "import nothing_of_this_name"}, ModuleNotFoundError),
    ],
)
def test_an_engine_badly_declared_stops_the_start(tmp_path: Path, modules: dict[str, str], refusal: type) -> None:
    import sys

    shelf = plant(tmp_path, **modules)
    sys.path.insert(0, str(tmp_path))
    try:
        with pytest.raises(refusal):
            shelf.filled()
    finally:
        sys.path.remove(str(tmp_path))


def test_an_engine_well_declared_is_one_file(tmp_path: Path) -> None:
    import sys

    shelf = plant(tmp_path, weather=ENGINE)
    sys.path.insert(0, str(tmp_path))
    try:
        assert [*shelf.filled()] == ["weather"]
    finally:
        sys.path.remove(str(tmp_path))
