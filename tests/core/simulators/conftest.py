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
    seconds=600,
)


@pytest.fixture(scope="session")
def tiny_once() -> Iterator[Host]:
    yield from running(Host(TINY))


@pytest.fixture
def tiny(tiny_once: Host) -> Host:
    """Few rules, no library; its process is there, whatever the test before did to it.

    A calculation may take ten minutes: what a test holds, nothing ends before the test.
    """
    return started(tiny_once)


def running(asked: Host) -> Iterator[Host]:
    installing.install(asked.declared, tell=lambda _step: None)
    yield started(asked)
    keeping.stop(asked)


def started(asked: Host) -> Host:
    asked.connection().close()
    return asked
