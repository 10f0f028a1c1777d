"""Rules that cannot be computed say so: a definition that turns round, a rule that fails, an image of other rules."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from commons.engines.openfisca.cases import found
from parvis.commons.engines.openfisca import ENGINE
from parvis.core.simulators.contract import CircularDefinition, RefusedInput, Rows, Table
from parvis.core.simulators.engines import ENGINES, DeclaredEngine
from parvis.core.simulators.hosting import installing, keeping
from parvis.core.simulators.hosting.calling import Host

LOOPS = DeclaredEngine(
    slug="loops",
    title="Règles en boucle",
    summary="Des règles qui ne se calculent pas.",
    module="commons.engines.openfisca.loops",
    requirements=ENGINE.requirements,
)
PERSON = Table({"individu": Rows(1)})


@pytest.fixture(scope="module")
def loops() -> Iterator[Host]:
    ours = installing.libraries_of(LOOPS)
    if not ours.is_symlink():  # tests of the database come first: other modules' come between these two halves
        ours.parent.mkdir()
        ours.symlink_to(installing.installed(ENGINE).libraries)
    installing.install(LOOPS, tell=lambda _step: None)
    yield Host(LOOPS)
    keeping.stop(Host(LOOPS))


@pytest.fixture
def ask(loops: Host, client: Client) -> Iterator[Callable[..., Any]]:
    """Post to the API, as of an engine that a room declares."""
    ENGINES.filled()["loops"] = loops.declared

    def post(operation: str, **asked: object) -> Any:
        address = reverse(f"api:{operation}", kwargs={"engine": "loops"})
        return client.post(address, {"period": "2024", **asked}, content_type="application/json")

    yield post
    del ENGINES["loops"]


def test_a_definition_that_turns_round_is_refused_and_its_way_out_said(loops: Host) -> None:
    with pytest.raises(CircularDefinition, match=r"« snake » .* se définit par elle-même. Donnez sa valeur"):
        found(loops, PERSON, ("snake",))


def test_a_value_given_opens_the_circle(loops: Host) -> None:
    given = Table({"individu": Rows(1, {("tail", "2024"): np.array([41.0])})})

    assert found(loops, given, ("snake",))["snake", "2024"].tolist() == [42.0]


def test_a_rule_that_fails_is_named(loops: Host) -> None:
    with pytest.raises(RefusedInput, match="Une règle dont dépend « broken » échoue pour 2024"):
        found(loops, PERSON, ("broken",))


def test_parameters_prepared_from_other_rules_are_not_read(loops: Host, tmp_path: Path) -> None:
    installed = installing.installed(loops.declared)
    words = installing.command(installed, "commons.engines.openfisca.images", str(tmp_path))

    answer = subprocess.run(words, capture_output=True, text=True, check=True)

    assert answer.stdout.splitlines() == ["the parameters", "None"]


ALONE = {"individus": {"Ada": {}}}
TURNED = [{"parameter": "turns", "value": 1, "start": "2024-01-01"}]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("operation", "asked", "name"),
    [
        ("calculate", {"situations": [ALONE], "outputs": ["snake"]}, "tail|snake"),
        ("calculate", {"situations": [ALONE], "outputs": ["orbit"], "changes": TURNED}, "orbit"),
        ("compare", {"situations": [ALONE], "outputs": ["orbit"], "changes": TURNED}, "orbit"),
        ("explain", {"situation": ALONE, "output": "orbit", "changes": TURNED}, "orbit"),
        ("missing", {"situations": [ALONE], "outputs": ["snake"]}, "tail|snake"),
    ],
)
def test_a_circle_is_refused_by_every_operation_and_said_in_french(
    ask: Callable[..., Any], operation: str, asked: dict[str, Any], name: str
) -> None:
    response = ask(operation, **asked)

    assert response.status_code == 422
    said = rf"« ({name}) » \((Serpent|Queue du serpent|Orbite)\) se définit par elle-même. Donnez sa valeur"
    assert re.search(said, response.json()["detail"])


@pytest.mark.django_db
def test_a_change_that_turns_nothing_round_is_computed(ask: Callable[..., Any]) -> None:
    answer = ask("calculate", situations=[ALONE], outputs=["orbit"])

    assert answer.json()["results"][0]["individus"]["Ada"]["orbit"] == 2024
