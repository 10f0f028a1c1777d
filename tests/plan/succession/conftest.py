"""A plan loaded, its review open to comments, a reader who comments and the body that answers."""

from datetime import UTC, datetime, timedelta

import pytest

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DURING = AT + timedelta(days=3)
CLOSED = AT + timedelta(days=15)  # comments last 14 days


@pytest.fixture
def plan(db):
    from parvis.core.undertakings.loading import actions as loading

    return loading.load_plan(at=AT)


@pytest.fixture
def review(plan):
    from parvis.core.undertakings.succession import actions

    return actions.open_review(at=AT, title="Revue à un an")


@pytest.fixture
def debate(review):
    from parvis.core.processes.models import Process

    return Process.objects.get(slug=review.slug)


@pytest.fixture
def text(debate):
    from parvis.core.texts.models import Text

    return Text.objects.get(slug="plan-france-2015-2017")


@pytest.fixture
def person(db):
    """Return a function that opens an account."""
    from parvis.core.actors import actions

    def make(name):
        return actions.open_account(
            email=f"{name.lower()}@parvis.example", public_name=name, password="un bon mot de passe", at=AT
        )

    return make


@pytest.fixture
def comment(debate, person):
    """Return a function that comments a commitment."""
    from parvis.core.processes import actions

    author = person("Jeanne")

    def make(unit, words="Il manque une date."):
        return actions.contribute(
            process=debate, kind="comment", fields={"text": words}, author=author, at=DURING, unit=unit
        )

    return make


@pytest.fixture
def answer(debate, person):
    """Return a function by which the body that holds the review answers."""
    from parvis.core.actors import actions as actors
    from parvis.core.processes.answering import actions

    agent = person("Agent")

    def make(contribution):
        mandate = agent.mandates.first() or actors.grant_mandate(
            actor=agent, role="agent", organisation=debate.organisation, starts_on=AT.date(), at=AT
        )
        return actions.answer(
            contributions=[contribution], fate="noted", reasons="Une date viendra.", at=CLOSED, mandate=mandate
        )

    return make
