"""A debate of each procedure, on a small text that no other noun knows, and people who contribute."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from parvis.core.processes import subjects
from parvis.core.processes.subjects import SubjectUnit

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DURING = AT + timedelta(days=3)

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
def ministry(db):
    from parvis.core.actors import actions

    return actions.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=AT)


@pytest.fixture
def person(db):
    """Return a function that opens an account, its address confirmed."""
    from parvis.core.actors import actions

    def make(name="Jeanne"):
        return actions.open_account(
            email=f"{name.lower()}@parvis.example", public_name=name, password="un bon mot de passe", at=AT
        )

    return make


@pytest.fixture
def debate(ministry):
    """Return a function that opens a debate at AT, by default a co-writing on the small text."""
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
        return actions.open_process(procedure=procedure, slug=slug, organisation=ministry, **given)

    return make
