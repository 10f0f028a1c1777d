"""Whose debates a mandate lets one moderate: a grid of who, for which body, in whose debate."""

import pytest
from django.test import Client
from django.urls import reverse

from parvis.core.actors.actions import RoleDoesNotOpen
from parvis.core.errors import ParvisError
from parvis.core.processes.moderating import actions

from .conftest import DURING, LATE
from .test_acts import HIDE, reported

OWN, NONE, ALL = {"ministere"}, set(), {"ministere", "ville"}
GRID = {
    ("moderator", "ministere"): OWN,
    ("moderator", "ville"): {"ville"},
    ("moderator", "autre"): NONE,
    ("moderator", "equipe"): ALL,
    ("steward", "equipe"): ALL,
    ("agent", "ministere"): NONE,
    ("lead", "ville"): NONE,
}
"""Who, for whom: the holders of the debates that they moderate."""

WHO = pytest.mark.parametrize("who", GRID, ids=[f"{role} of {body}" for role, body in GRID])
HOLDERS = pytest.mark.parametrize("holder", sorted(ALL))


@pytest.fixture
def said(body, person, mandate):
    """Return a contribution by the holder of its debate; the team gives mandates."""
    from parvis.core.processes import actions as debates

    mandate("steward", name="Equipe", organisation="equipe")
    made = {}
    for slug in sorted(ALL):
        process = debates.open_process(
            procedure="consultation", slug=slug, title=slug, summary="Un essai.", organisation=body(slug),
            starts_at=DURING, at=DURING,
        )  # fmt: skip
        fields = {"title": f"Ouvrir, dit à {slug}", "text": "Des cantines."}
        made[slug] = debates.contribute(
            process=process, kind="proposal", fields=fields, author=person("Jeanne"), at=DURING
        )
    return made


def modo(mandate, who):
    role, organisation = who
    return mandate(role, name="Modo", organisation=organisation)


def is_done(act, **given):
    try:
        act(**given)
    except (actions.NotYourDebate, RoleDoesNotOpen):
        return False
    return True


@WHO
@HOLDERS
def test_who_decides(said, mandate, who, holder):
    given = modo(mandate, who)
    done = is_done(actions.decide, contributions=[said[holder]], ruling=HIDE, at=DURING, mandate=given)
    assert done == (holder in GRID[who])


@WHO
@HOLDERS
def test_who_decides_an_appeal(said, mandate, person, who, holder):
    (made,) = actions.decide(contributions=[said[holder]], ruling=HIDE, at=DURING, mandate=None)
    asked = actions.appeal(decision=made, because="Non.", author=person("Jeanne"), at=DURING)
    told = {"appealed": asked, "outcome": "upheld", "reasons": "Si.", "at": LATE}
    given = modo(mandate, who)
    assert is_done(actions.decide_appeal, mandate=given, **told) == (holder in GRID[who])


@WHO
def test_the_queue_and_the_form_show_those_debates_alone(said, mandate, person, who):
    for one in said.values():
        reported(one, person)
    client = Client()
    client.force_login(modo(mandate, who).actor)
    queue = client.get(reverse("moderation-queue")).content.decode()
    forms = {slug: client.get(reverse("moderation-decide"), {"c": one.pk}) for slug, one in said.items()}
    assert {slug for slug in ALL if f"dit à {slug}" in queue} == GRID[who]
    assert {slug for slug, form in forms.items() if form.status_code == 200} == GRID[who]
    assert [slug for slug, form in forms.items() if "Ligne 2." in form.content.decode()] == sorted(GRID[who])


def test_two_mandates_reach_the_debates_of_both_bodies_one_at_a_time(said, mandate):
    given = [mandate(name="Modo", organisation=slug) for slug in sorted(ALL)]
    client = Client()
    client.force_login(given[0].actor)
    for one in said.values():
        assert client.get(reverse("moderation-decide"), {"c": one.pk}).status_code == 200
    both = client.get(reverse("moderation-decide"), {"c": [one.pk for one in said.values()]})
    assert (both.status_code, "équipe du site" in both.content.decode()) == (403, True)


def test_a_team_whose_mandates_have_ended_moderates_its_own_debates_only(said, mandate):
    given = mandate(name="Modo", organisation="equipe")
    given.organisation.mandates.filter(role="steward").update(ends_on=DURING.date())
    with pytest.raises(ParvisError, match="de « Equipe »"):
        actions.decide(contributions=[said["ville"]], ruling=HIDE, at=DURING, mandate=given)
