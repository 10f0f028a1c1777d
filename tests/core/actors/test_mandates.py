"""Accounts, organisations and mandates: dates bound them, and the log knows no one."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from parvis.core.actors import actions
from parvis.core.actors.models import Mandate, Organisation
from parvis.core.actors.roles import ACTS, ROLES, Role, UnknownAct
from parvis.core.ledger.models import Entry


def test_an_account_is_opened_by_its_action_and_the_log_learns_nothing_of_whose_it_is(jeanne):
    assert jeanne.check_password("un bon mot")
    entry = Entry.objects.get(kind="account.opened")
    written = f"{entry.opening}{bytes(entry.leaf).decode()}{entry.hidden}"
    assert "jeanne" not in written.lower()


def test_two_accounts_do_not_share_an_address(jeanne, at):
    with pytest.raises(ValidationError):
        actions.open_account(email="jeanne@parvis.example", public_name="Autre", password="mot", at=at)


@pytest.mark.parametrize(
    ("day", "is_valid"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_mandate_holds_from_its_first_day_to_the_eve_of_its_end(jeanne, ministry, at, day, is_valid):
    given = actions.grant_mandate(
        actor=jeanne,
        role="lead",
        organisation=ministry,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        at=at,
    )
    assert given.is_valid(on=day) is is_valid
    assert Mandate.objects.valid(on=day).exists() is is_valid


def test_the_day_of_an_act_is_the_one_of_paris(jeanne, ministry, at):
    given = actions.grant_mandate(
        actor=jeanne, role="steward", organisation=ministry, starts_on=date(2026, 7, 1), at=at
    )
    midnight_in_paris = datetime(2026, 6, 30, 22, tzinfo=UTC)
    actions.require(given, "plan.edit", at=midnight_in_paris)
    with pytest.raises(actions.MandateNotValid, match="court du 01/07/2026 : il ne permet pas d'agir le 30/06/2026"):
        actions.require(given, "plan.edit", at=datetime(2026, 6, 30, 21, 59, tzinfo=UTC))


def test_a_mandate_ended_keeps_what_was_done_and_opens_nothing_more(jeanne, ministry, at):
    given = actions.grant_mandate(
        actor=jeanne, role="steward", organisation=ministry, starts_on=date(2026, 1, 1), at=at
    )
    actions.end_mandate(ended=given, on=date(2026, 3, 2), because="Fin de mission.", at=at)
    with pytest.raises(actions.MandateNotValid):
        actions.require(given, "plan.edit", at=at)
    kinds = list(Entry.objects.about(stream="actors", key=f"mandat-{given.pk}").values_list("kind", flat=True))
    assert kinds == ["mandate.granted", "mandate.ended"]
    entry = Entry.objects.get(kind="mandate.granted")
    assert entry.content["role"] == "steward"
    assert "Jeanne" not in entry.opening


def test_an_unknown_role_is_refused(jeanne, ministry, at):
    with pytest.raises(actions.UnknownRole, match=r"Rôles connus : .*lead.*steward"):
        actions.grant_mandate(actor=jeanne, role="king", organisation=ministry, starts_on=at.date(), at=at)


def test_a_ministry_that_changes_its_name_is_a_new_one_that_succeeds_the_old(jeanne, ministry, at):
    ministry.ends_on = date(2026, 2, 1)
    actions.correct_organisation(organisation=ministry, because="Décret d'attribution.", at=at)
    new = actions.register_organisation(
        slug="nouveau", name="Nouveau ministère", starts_on=date(2026, 2, 1), succeeds=ministry, at=at
    )
    assert list(ministry.successors.all()) == [new]
    with pytest.raises(actions.OrganisationGone, match="qui lui succède"):
        actions.grant_mandate(actor=jeanne, role="lead", organisation=ministry, starts_on=date(2026, 2, 1), at=at)
    assert list(Organisation.objects.existing(on=date(2026, 1, 31))) == [ministry]
    assert list(Organisation.objects.existing(on=date(2026, 2, 1))) == [new]


@pytest.mark.parametrize(
    "wrong",
    [{"starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 1)}, {"siren": "12345"}],
    ids=["empty existence", "short siren"],
)
def test_the_database_refuses_an_organisation_that_cannot_be(ministry, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=ministry.pk).update(**wrong)


def test_every_act_is_opened_by_some_role_and_no_one_both_claims_and_judges():
    roles = ROLES.filled().values()
    assert frozenset().union(*(role.acts for role in roles)) == ACTS.keys()
    assert not [role.slug for role in roles if {"claim.make", "verdict.give"} <= role.acts]


def test_a_role_opens_known_acts_only():
    with pytest.raises(UnknownAct, match="moon"):
        Role(slug="x", title="X", acts=frozenset({"moon.walk"}))


def test_only_an_account_with_a_confirmed_address_has_a_voice(jeanne):
    actions.require_confirmed(jeanne)
    jeanne.confirmed_at = None
    with pytest.raises(actions.NotConfirmed, match="Confirmez-la depuis la page « Mon compte »"):
        actions.require_confirmed(jeanne)


@pytest.mark.parametrize(
    ("act", "said"),
    [("process.open", "ne permet pas d'ouvrir un débat"), ("text.publish", "ne permet pas de publier un texte")],
)
def test_a_refusal_is_written_in_french(jeanne, ministry, at, act, said):
    given = actions.grant_mandate(
        actor=jeanne, role="reviewer", organisation=ministry, starts_on=date(2026, 1, 1), at=at
    )

    with pytest.raises(actions.RoleDoesNotOpen, match=said):
        actions.require(given, act, at=at)
