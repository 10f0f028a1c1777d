"""Rules that cannot be computed say so: a definition that turns round, a rule that fails, an image of other rules."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from commons.engines.openfisca.cases import found
from parvis.commons.engines.openfisca import ENGINE
from parvis.core.simulators.contract import CircularDefinition, RefusedInput, Rows, Table
from parvis.core.simulators.engines import DeclaredEngine
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
    ours.parent.mkdir()
    ours.symlink_to(installing.installed(ENGINE).libraries)
    installing.install(LOOPS, tell=lambda _step: None)
    yield Host(LOOPS)
    keeping.stop(Host(LOOPS))


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
