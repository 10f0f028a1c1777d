"""The fictitious calculator, declared while these tests run."""

from collections.abc import Iterator

import pytest

from core.simulators.calculating.fictions import AIDE
from parvis.core.simulators.calculators import CALCULATORS, Calculator
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting.calling import Host


@pytest.fixture
def aide(tiny: Host) -> Iterator[Calculator]:
    ENGINES.filled()[tiny.declared.slug] = tiny.declared
    CALCULATORS.filled()[AIDE.slug] = AIDE
    yield AIDE
    del CALCULATORS[AIDE.slug], ENGINES[tiny.declared.slug]
