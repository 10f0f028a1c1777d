"""A world is nobody: publishing what FaIR computes asks about nobody, and a debate may carry it."""

from datetime import UTC, datetime

import numpy as np
import pytest

from climate.conftest import BAND
from core.simulators.running.sample import someone
from parvis.core.simulators.contract import Rows, Table
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.models import Run
from parvis.core.simulators.running.files import run_file, text_of
from parvis.participation.effects.views import PERSONAL

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def own_path(fair):
    """The file of a path of one's own: no calculator has it among its cases."""
    said = {"scenario": "low", "membres": "100", "baisse_co2_2030": 33.0}
    world = Rows(1, {(name, "eternity"): np.array([value]) for name, value in said.items()})
    asked = Asked("fair", Table({"monde": world}), BAND, "2100")
    return text_of(run_file(asked, fair.card(), fair.evaluate(asked)))


@pytest.mark.django_db
def test_a_path_of_one_s_own_describes_nobody_and_may_be_carried(client, own_path):
    client.force_login(someone("Ana", at=AT))
    asked = client.post("/simulateurs/calculs/publier/", {"calcul": own_path}).content.decode()
    assert 'name="fictif"' not in asked
    assert "ni de personne" in asked

    sent = {"calcul": own_path, "publier": "1", "accord": "on"}
    page = client.post("/simulateurs/calculs/publier/", sent, follow=True).content.decode()

    assert not Run.objects.get().is_personal
    assert "Il ne décrit personne" in page
    assert PERSONAL.partition(" : ")[0] not in page
