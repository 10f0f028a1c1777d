"""One person and one body."""

from datetime import UTC, datetime

import pytest

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


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
