"""A log of one's own for each test: a folder that no other test sees."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from parvis.core.ledger import actions as ledger

AT = datetime(2016, 3, 1, 12, 30, tzinfo=UTC)


@pytest.fixture
def home(settings, tmp_path):
    """Give the log a folder of its own; return the public part."""
    settings.PARVIS_HOME = tmp_path
    return tmp_path / "log" / "public"


@pytest.fixture
def seal(home):
    """Seal so many acts about one object, in one transaction."""

    def seal(count=1, **sides):
        given = {"kind": "release.published", "stream": "registers/procurement", "key": "r1", "at": AT, **sides}
        with transaction.atomic():
            return [ledger.append(**{"content": {"number": number}, **given}) for number in range(count)]

    return seal


@pytest.fixture
def at():
    return AT
