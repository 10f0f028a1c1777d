"""A co-writing on a small text, closed, with what people wrote in it, and the agents who answer."""

from datetime import timedelta

import pytest

from core.processes.conftest import AT, DURING, LATE

__all__ = ["AT", "CLOSED", "DURING", "LATE"]

CLOSED = AT + timedelta(days=22)  # the writing lasts 21 days


@pytest.fixture
def mandate(grant):
    """Return a function that gives someone a mandate, an agent's by default."""
    return lambda role="agent", *, name="Agent", **where: grant(role, name=name, **where)


@pytest.fixture
def debate(body):
    """Return a function that opens a debate at AT."""
    from parvis.core.processes import actions

    def make(procedure="cowriting", slug="loi-d-essai", **more):
        given = {
            "title": "Une loi d'essai",
            "summary": "Écrire une petite loi ensemble.",
            "subject": "essai/loi",
            "subject_version": "v1",
            "starts_at": AT,
            "at": AT,
            **more,
        }
        return actions.open_process(procedure=procedure, slug=slug, organisation=body(), **given)

    return make


@pytest.fixture
def wording(person):
    """Return a function that proposes other words for article 1."""
    from parvis.core.processes import actions

    def propose(process, *, name="Jeanne", words="Les administrations publient tout.", unit="article-1", at=DURING):
        fields = {"title": "Tout publier", "wording": words, "reason": "Pour que chacun lise."}
        return actions.contribute(
            process=process,
            kind="wording",
            fields=fields,
            author=person(name),
            at=at,
            unit=unit,
            unit_version="v1",
        )

    return propose


@pytest.fixture
def owed(debate, wording):
    """Return a contribution whose answer is owed: its phase has closed."""
    from parvis.core.processes.answering.assigning import actions

    contribution = wording(debate())
    actions.assign_due(process=contribution.process, at=CLOSED)
    contribution.refresh_from_db()
    return contribution


@pytest.fixture
def rejected(owed, mandate):
    """Return a contribution that was rejected."""
    from parvis.core.processes.answering import actions

    actions.answer(
        contributions=[owed],
        fate="rejected",
        reasons="Contraire au secret des affaires.",
        at=CLOSED,
        mandate=mandate(),
    )
    owed.refresh_from_db()
    return owed
