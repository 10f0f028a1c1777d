"""A consultation with what people proposed in it, those who report and those who moderate."""

import pytest

from core.processes.conftest import AT, DURING, LATE

__all__ = ["AT", "DURING", "LATE"]


@pytest.fixture
def mandate(grant):
    """Return a function that gives someone a mandate, a moderator's by default."""
    return lambda role="moderator", *, name="Moderatrice", **where: grant(role, name=name, **where)


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
