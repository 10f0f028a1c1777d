from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from core.simulators.running.sample import someone
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting.calling import Host, host

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def at():
    return AT


@pytest.fixture
def declared(tiny: Host) -> Iterator[Host]:
    """The tests' own engine, as a room would declare it."""
    ENGINES.filled()["tiny"] = tiny.declared
    yield host("tiny")
    del ENGINES["tiny"]


@pytest.fixture
def ana(db, at):
    return someone("Ana", at=at)
