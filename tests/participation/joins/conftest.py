"""A small law in debate, its writing closed, and answers that adopt what people wrote."""

from datetime import UTC, datetime, timedelta

import pytest

AT = datetime.now(tz=UTC) - timedelta(days=23)  # pages ask the clock: the writing closed two days ago
DURING = AT + timedelta(days=3)
CLOSED = AT + timedelta(days=22)  # the writing lasts 21 days

FIRST = "Les places publiques sont ouvertes à tous.\nNul ne peut y faire obstacle."
SECOND = "Le maire tient la carte des places."


@pytest.fixture
def law(db):
    from parvis.core.texts import actions
    from parvis.core.texts.documents import Document, Passage
    from parvis.core.texts.kinds import ReadText, ReadVersion

    document = Document((Passage("1er", "1er", FIRST), Passage("2", "2", SECOND)))
    versions = (ReadVersion("projet", "Avant-projet", document, AT.date(), "Ville d'essai"),)
    read = ReadText("draft", "places", "Avant-projet sur les places", "Les places", "inventé", "CC0", versions)
    return actions.publish_text(read=read, at=AT)


@pytest.fixture
def town(db):
    from parvis.core.actors import actions

    return actions.register_organisation(slug="ville-d-essai", name="Ville d'essai", at=AT)


@pytest.fixture
def debate(law, town):
    from parvis.core.processes import actions

    return actions.open_process(
        procedure="cowriting",
        slug="places",
        title="Écrire la loi des places",
        summary="Pour essayer.",
        organisation=town,
        subject=law.stream,
        subject_version="projet",
        starts_at=AT,
        at=AT,
    )


@pytest.fixture
def people(town):
    """An author and the town's agent, with their mandates."""
    from parvis.core.actors import actions

    def person(name):
        return actions.open_account(
            email=f"{name.lower()}@parvis.example", public_name=name, password="un bon mot de passe", at=AT
        )

    agent, steward = person("Agent"), person("Pilote")
    given = {"organisation": town, "starts_on": AT.date(), "at": AT}
    return {
        "author": person("Jeanne"),
        "agent": actions.grant_mandate(actor=agent, role="agent", **given),
        "steward": actions.grant_mandate(actor=steward, role="steward", **given),
    }


@pytest.fixture
def propose(debate, people):
    """Return a function that proposes other words for a unit."""
    from parvis.core.processes import actions

    def make(unit, words):
        fields = {"title": "Autrement", "wording": words, "reason": "Parce que."}
        return actions.contribute(
            process=debate,
            kind="wording",
            fields=fields,
            author=people["author"],
            at=DURING,
            unit=unit,
            unit_version="projet",
        )

    return make


@pytest.fixture
def adopt(people):
    """Return a function that adopts a contribution's words."""
    from parvis.core.processes.answering import actions

    def make(contribution, words, fate="adopted"):
        said = [{"contribution": contribution.number, "unit": contribution.unit, "words": words}]
        return actions.answer(
            contributions=[contribution], fate=fate, reasons="Juste.", words=said, at=CLOSED, mandate=people["agent"]
        )

    return make
