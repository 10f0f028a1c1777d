"""The real contracts of a buyer profile: read once for all the pages' tests, recorded anew for each."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from parvis.core.registers import actions
from parvis.core.registers.models import Release, browsed
from parvis.core.registers.shelf import REGISTERS

AT = datetime(2024, 3, 1, tzinfo=UTC)
RECORDED = ("register", "source", "source_name", "source_hash", "source_size", "reader", "fictitious", "defects")


@pytest.fixture(scope="session")
def published(django_db_setup, django_db_blocker, data):
    """Publish real contracts into the home of the test run, and forget the database's row."""
    register = REGISTERS.filled()["procurement"]
    path = data / "registers/procurement/decp-v1/data.gouv.fr_pes_2019-04-05.json"
    with django_db_blocker.unblock(), transaction.atomic():
        release = actions.publish(register=register, source="pes", path=path, at=AT)
        transaction.set_rollback(True)
    content = {name: getattr(release, name) for name in RECORDED}
    return {"content": content, "rows": release.rows, "hash_": release.hash}


@pytest.fixture
def contracts(db, published):
    """Record the release that was published, and open its catalogue: another test may have built its own since."""
    actions.record(**published, at=AT)
    actions.refresh_catalogue(register=REGISTERS["procurement"])
    return Release.objects.get(hash=published["hash_"]), browsed(REGISTERS["procurement"])
