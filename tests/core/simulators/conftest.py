"""Engines to ask: each is installed once, in the environment of the tests, and its process serves all of them."""

import os
from collections.abc import Iterator

import pytest

from parvis.core.simulators.engines import DeclaredEngine
from parvis.core.simulators.hosting import installing
from parvis.core.simulators.hosting.calling import Host, host


@pytest.fixture(scope="session")
def tiny() -> Iterator[Host]:
    """The tests' own engine: three rules, no library."""
    declared = DeclaredEngine(
        slug="tiny",
        title="Moteur d'essai",
        summary="Une aide fictive.",
        module="core.simulators.hosting.engines.tiny",
        cases="models",
        memory=2**30,
        seconds=1.5,
    )
    yield Host(declared)


@pytest.fixture(scope="session")
def openfisca() -> Iterator[Host]:
    """OpenFisca-France, as a site has it."""
    yield from running("openfisca")


@pytest.fixture(scope="session")
def fair() -> Iterator[Host]:
    """FaIR, as a site has it."""
    yield from running("fair")


def running(slug: str) -> Iterator[Host]:
    installing.install(host(slug).declared, tell=lambda _step: None)
    yield host(slug)
