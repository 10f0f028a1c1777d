"""A co-writing on a small text, closed, with what people wrote in it, and the agents who answer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from parvis.core.processes import subjects
from parvis.core.processes.subjects import SubjectUnit

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DURING = AT + timedelta(days=3)
CLOSED = AT + timedelta(days=22)  # the writing lasts 21 days
LATE = AT + timedelta(days=80)
WORDS = "Les administrations publient leurs documents.\nCette publication est gratuite."


@dataclass(frozen=True)
class SmallText:
    """A text of two articles, at one version."""

    title: str = "Projet de loi d'essai"
    url: str = "/textes/essai/"
    version: str = "v1"
    current: str = "v1"

    def units(self):
        return (
            SubjectUnit("article-1", "Article 1er", "Ouverture", WORDS, "/textes/essai/articles/article-1/"),
            SubjectUnit("article-2", "Article 2", "", "Le présent article s'applique partout.", ""),
        )

    def outline(self):
        return self.units()

    def unit(self, uid):
        return next((unit for unit in self.units() if unit.uid == uid), None)


@pytest.fixture(autouse=True)
def essay():
    subjects.DOORS["essai"] = lambda name, version: SmallText() if name == "loi" and version in {"", "v1"} else None
    yield
    del subjects.DOORS["essai"]


@pytest.fixture
def body(db):
    """Return a function that registers a body."""
    from parvis.core.actors import actions

    return lambda slug="ministere": actions.register_organisation(slug=slug, name=slug.capitalize(), at=AT)


@pytest.fixture
def person(db):
    """Return a function that opens an account, its address confirmed."""
    from parvis.core.actors import actions

    def make(name="Jeanne"):
        known = actions.Actor.objects.filter(public_name=name).first()
        return known or actions.open_account(
            email=f"{name.lower()}@parvis.example", public_name=name, password="un bon mot de passe", at=AT
        )

    return make


@pytest.fixture
def mandate(body, person):
    """Return a function that gives someone a mandate, for the ministry by default."""
    from parvis.core.actors import actions

    def give(role="agent", *, name="Agent", organisation="ministere"):
        actor, organisation = person(name), body(organisation)
        known = actor.mandates.filter(role=role, organisation=organisation).first()
        return known or actions.grant_mandate(
            actor=actor, role=role, organisation=organisation, starts_on=date(2026, 1, 1), at=AT
        )

    return give


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
