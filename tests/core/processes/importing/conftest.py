"""A published debate on nothing but itself, and a steward."""

from datetime import date

import pytest

from core.processes.conftest import AT


@pytest.fixture
def at():
    return AT


@pytest.fixture
def body(db):
    from parvis.core.actors import actions

    return actions.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=AT)


@pytest.fixture
def steward(body):
    """A mandate that opens import.accept."""
    from parvis.core.actors import actions

    person = actions.open_account(
        email="equipe@parvis.example", public_name="Équipe d'essai", password="un bon mot de passe", at=AT
    )
    return actions.grant_mandate(actor=person, role="steward", organisation=body, starts_on=date(2026, 1, 1), at=AT)


@pytest.fixture
def debate(body):
    from parvis.core.processes import actions

    return actions.open_process(
        procedure="consultation",
        slug="essai",
        title="Un débat d'essai",
        summary="Il ne porte que sur lui-même.",
        organisation=body,
        starts_at=AT,
        at=AT,
    )
