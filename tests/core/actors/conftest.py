"""One person and one body; counts of tries begin anew with each test."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.cache import cache

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PASSWORD = "un bon mot, assez long"


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()


@pytest.fixture
def at():
    return AT


@pytest.fixture
def jeanne(db):
    from parvis.core.actors import actions

    return actions.open_account(email="jeanne@parvis.example", public_name="Jeanne", password="un bon mot", at=AT)


@pytest.fixture
def ministry(db):
    from parvis.core.actors import actions

    return actions.register_organisation(slug="ministere", name="Ministère", at=AT)


@pytest.fixture
def last_link():
    """Return the path of the link in the last mail."""

    def read():
        return re.search(r"http://testserver(/compte/\S+/\S+/)", mail.outbox[-1].body).group(1)

    return read
