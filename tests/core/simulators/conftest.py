"""The tests' own engine, which misbehaves when it is asked to. Those of a site are fixtures of tests/conftest.py."""

from collections.abc import Iterator

import pytest

from parvis.core.simulators.engines import DeclaredEngine
from parvis.core.simulators.hosting import installing, keeping
from parvis.core.simulators.hosting.calling import Host

TINY = DeclaredEngine(
    slug="tiny",
    title="Moteur d'essai",
    summary="Une aide fictive.",
    module="core.simulators.hosting.engines.tiny",
    cases="models",
    memory=2**30,
    seconds=3.0,
)


@pytest.fixture(scope="session")
def tiny() -> Iterator[Host]:
    """Few rules, no library."""
    yield from running(Host(TINY))


def running(asked: Host) -> Iterator[Host]:
    installing.install(asked.declared, tell=lambda _step: None)
    asked.connection().close()  # its process is there, whichever test comes first
    yield asked
    keeping.stop(asked)
