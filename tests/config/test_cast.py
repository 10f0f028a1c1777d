"""The demonstration's cast: each role has its account, and its passwords are this server's."""

from datetime import UTC, datetime

import pytest

from parvis.config import cast
from parvis.core.actors import actions
from parvis.core.actors.models import Actor, Mandate
from parvis.core.ledger.models import Entry

pytestmark = pytest.mark.django_db

AT = datetime(2016, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def ministry():
    return actions.register_organisation(slug="bercy", name="Ministère de l'économie", at=AT)


def test_the_cast_has_an_account_a_role_and_a_second_run_changes_nothing(ministry):
    first = cast.enter(ministry=ministry, at=AT)
    sealed = Entry.objects.count()

    assert cast.enter(ministry=ministry, at=AT) == first
    assert Entry.objects.count() == sealed
    assert {one.role for one in first} == {"steward", "lead", "reviewer", "agent", "moderator", "citizen"}
    assert len({one.password for one in first}) == len(first) == 9
    assert Mandate.objects.count() == 7


def test_a_password_is_drawn_from_the_server_s_own_secret(ministry, settings):
    first = cast.enter(ministry=ministry, at=AT)
    settings.SECRET_KEY = "another server's"
    second = cast.enter(ministry=ministry, at=AT)

    assert not {one.password for one in first} & {one.password for one in second}


def test_the_authors_are_the_same_people_at_a_second_run(db):
    assert cast.authors(at=AT) == cast.authors(at=AT) == list(Actor.objects.order_by("pk"))
