"""Engines to ask: each is installed once, in the environment of the tests, and its process serves all of them."""

from collections.abc import Iterator

import pytest

from parvis.core.simulators.engines import DeclaredEngine
from parvis.core.simulators.hosting import installing, keeping
from parvis.core.simulators.hosting.calling import Host, host

TINY = DeclaredEngine(
    slug="tiny",
    title="Moteur d'essai",
    summary="Une aide fictive.",
    module="core.simulators.hosting.engines.tiny",
    cases="models",
    memory=2**30,
    seconds=1.0,
)


@pytest.fixture(scope="session")
def tiny() -> Iterator[Host]:
    """The tests' own engine: few rules, no library."""
    yield from running(Host(TINY))


@pytest.fixture(scope="session")
def openfisca() -> Iterator[Host]:
    """OpenFisca-France, as a site has it."""
    yield from running(host("openfisca"))


@pytest.fixture(scope="session")
def fair() -> Iterator[Host]:
    """FaIR, as a site has it."""
    yield from running(host("fair"))


def running(asked: Host) -> Iterator[Host]:
    installing.install(asked.declared, tell=lambda _step: None)
    yield asked
    keeping.stop(asked)
