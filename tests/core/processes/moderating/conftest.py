"""A consultation with what people proposed in it, those who report and those who moderate."""

from datetime import UTC, date, datetime, timedelta

import pytest

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DURING = AT + timedelta(days=3)
LATE = AT + timedelta(days=80)


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

    def give(role="moderator", *, name="Moderatrice", organisation="ministere"):
        actor, organisation = person(name), body(organisation)
        known = actor.mandates.filter(role=role, organisation=organisation).first()
        return known or actions.grant_mandate(
            actor=actor, role=role, organisation=organisation, starts_on=date(2026, 1, 1), at=AT
        )

    return give


@pytest.fixture
def debate(body):
    """Return a function that opens a consultation at AT."""
    from parvis.core.processes import actions

    def make(slug="essai", title="Un essai"):
        return actions.open_process(
            procedure="consultation", slug=slug, title=title, summary="Un essai.", organisation=body(), starts_at=AT,
            at=AT, is_fictitious=True,
        )  # fmt: skip

    return make


@pytest.fixture
def proposal(debate, person):
    """Return a function that makes a proposal, in one debate."""
    from parvis.core.processes import actions

    process = debate()

    def make(name="Jeanne", title="Ouvrir les menus", text="Des cantines de la ville."):
        return actions.contribute(
            process=process, kind="proposal", fields={"title": title, "text": text}, author=person(name), at=DURING
        )

    return make


@pytest.fixture
def hidden(proposal, mandate):
    """Return a decision that hid a proposal."""
    from parvis.core.processes.moderating import actions

    ruling = actions.Ruling("hidden", "injure-diffamation", "Traite un maire d'un nom injurieux.")
    return actions.decide(contributions=[proposal()], ruling=ruling, at=DURING, mandate=mandate())[0]
