"""Judges that we did not write, and a log of 70,000 entries for them: the example of the C2SP specification."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from parvis.core.ledger import actions as ledger

HERE = Path(__file__).parent
ENTRIES = 70_000
AT = datetime(2016, 3, 1, 12, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def judges():
    """Install the foreign tools; return the folder of their programs. A tool that cannot be had is a failure."""
    made = subprocess.run([HERE.parents[1] / "scripts" / "foreign-tools"], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.fail(f"Les vérificateurs étrangers ne s'installent pas :\n{made.stdout}{made.stderr}")
    return HERE.parents[1] / ".venv" / "foreign" / "bin"


@pytest.fixture(scope="session")
def published(django_db_setup, django_db_blocker, tmp_path_factory):
    """Seal 70,000 acts through the database, in two rounds, a few of them erased; return what the public sees."""
    home = tmp_path_factory.mktemp("foreign")
    with django_db_blocker.unblock(), override_settings(PARVIS_HOME=home), transaction.atomic():
        seal(range(30_000))
        ledger.sequence(at=AT)
        shutil.copy(home / "log" / "public" / "checkpoint", home / "old-checkpoint")
        for position in (0, 255, 29_999):
            ledger.erase(entry=ledger.Entry.objects.get(position=position), because="demande de la personne", at=AT)
        seal(range(30_000, ENTRIES - 3))
        ledger.sequence(at=AT)
        transaction.set_rollback(True)
    shutil.copy(home / "log" / "public" / "cle", home / "key")
    return home


def seal(numbers):
    acts = [
        ledger.Act("contribution.received", "debats/essai", {"number": number}, f"c{number}") for number in numbers
    ]
    ledger.append_all(acts=acts, at=AT)
