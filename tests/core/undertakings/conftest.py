"""A loaded plan, and one person in each role, each with an open day in 2026."""

from datetime import UTC, date, datetime

import pytest

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def at():
    return AT


@pytest.fixture
def plan(db):
    from parvis.core.undertakings.loading import actions as loading

    return loading.load_plan(at=AT)


@pytest.fixture
def procurement(plan):
    """Commitment 2."""
    return plan.undertakings.get(code="2")


@pytest.fixture
def mandate(plan):
    """Return a function that gives someone a mandate, from 1 January 2026 to 1 January 2027 (excluded)."""
    from parvis.core.actors import actions
    from parvis.core.actors.models import Organisation

    def give(role, *, name="Jeanne", organisation="premier-ministre", starts_on=date(2026, 1, 1), ends_on=None):
        body = Organisation.objects.filter(slug=organisation).first() or actions.register_organisation(
            slug=organisation, name=organisation, at=AT
        )
        email = f"{name.lower()}@parvis.example"
        actor = actions.Actor.objects.filter(email=email).first() or actions.open_account(
            email=email, public_name=name, password="un bon mot de passe", at=AT
        )
        return actions.grant_mandate(
            actor=actor,
            role=role,
            organisation=body,
            starts_on=starts_on,
            ends_on=ends_on or date(2027, 1, 1),
            at=AT,
        )

    return give
