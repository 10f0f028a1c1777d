"""What debates are made of in tests: a small text that no other noun knows, bodies, people and their mandates."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from parvis.core.processes import subjects
from parvis.core.processes.subjects import SubjectUnit

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DURING = AT + timedelta(days=3)
LATE = AT + timedelta(days=80)

WORDS = "Les administrations publient leurs documents.\nCette publication est gratuite."
UNITS = (
    SubjectUnit("article-1", "Article 1er", "Ouverture des données", WORDS, "/textes/essai/articles/article-1/"),
    SubjectUnit("article-2", "Article 2", "", "Le présent article s'applique partout.", ""),
)


@dataclass(frozen=True)
class SmallText:
    """A text of two articles, at one version."""

    title: str = "Projet de loi d'essai"
    url: str = "/textes/essai/"
    version: str = "v1"
    current: str = "v1"

    def units(self):
        return UNITS

    def outline(self):
        return UNITS

    def unit(self, uid):
        return next((unit for unit in UNITS if unit.uid == uid), None)


@pytest.fixture(autouse=True)
def essay():
    """Open « essai/… » to a small text, for the time of a test."""
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
    """Return a function that opens an account, its address confirmed; the same name is the same person."""
    from parvis.core.actors import actions

    def make(name="Jeanne"):
        known = actions.Actor.objects.filter(public_name=name).first()
        return known or actions.open_account(
            email=f"{name.lower()}@parvis.example", public_name=name, password="un bon mot de passe", at=AT
        )

    return make


@pytest.fixture
def grant(body, person):
    """Return a function that gives someone a mandate, for the ministry by default."""
    from parvis.core.actors import actions

    def give(role, *, name, organisation="ministere"):
        actor, organisation = person(name), body(organisation)
        known = actor.mandates.filter(role=role, organisation=organisation).first()
        return known or actions.grant_mandate(
            actor=actor, role=role, organisation=organisation, starts_on=date(2026, 1, 1), at=AT
        )

    return give
