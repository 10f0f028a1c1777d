"""« parvis log erase »: what the law forbids to keep leaves the tables and the log; what was proved stays proved."""

import json
import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from parvis.config.commands.log import command
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.ledger.verifying import verify
from parvis.core.undertakings import actions
from parvis.core.undertakings.models import Claim, Milestone, Review, Verdict
from parvis.core.undertakings.succession import actions as succession

NAMED = "Tout est la faute de Marguerite Untel."
BECAUSE = "Demande de la personne"
TOMBSTONE = f"[Contenu effacé : {BECAUSE}]"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANSWERS = {
    "completion": "substantial",
    "did_it_open_government": "major",
    "is_verifiable": True,
    "is_relevant": True,
    "opened_values": [],
}


@pytest.fixture
def lead(procurement, mandate):
    return mandate("lead", organisation=procurement.leads.order_by("pk").first().organisation.slug)


@pytest.fixture
def place(at):
    """Publish the log; return the place of the last entry of a kind."""

    def published(kind):
        ledger.sequence(at=at)
        return Entry.objects.filter(kind=kind).latest("pk").position

    return published


@pytest.fixture
def erase(at):
    def asked(position):
        told = ledger.erase_words(position=position, because=BECAUSE, at=at)
        ledger.sequence(at=at)
        return told

    return asked


def claimed(procurement, lead, at):
    evidence = "https://parvis.example/marguerite"
    actions.claim(undertaking=procurement, completion="limited", text=NAMED, evidence=evidence, at=at, mandate=lead)


def withdrawn(procurement, lead, at):
    said = actions.claim(undertaking=procurement, completion="limited", text="Dit.", at=at, mandate=lead)
    actions.withdraw_claim(claim=said, because=NAMED, at=at, mandate=lead)


def abandoned(procurement, lead, at):
    actions.abandon(milestone=procurement.milestones.first(), on="2026", because=NAMED, at=at, mandate=lead)


def taken_up_again(procurement, lead, at):
    abandoned(procurement, lead, at)
    step = procurement.milestones.order_by("pk").get(state=Milestone.State.ABANDONED)
    actions.resume(milestone=step, because="Erreur.", at=at, mandate=lead)


ACTS = {
    "claim.made": claimed,
    "claim.withdrawn": withdrawn,
    "milestone.abandoned": abandoned,
    "milestone.abandoned, then resumed": taken_up_again,
}


@pytest.fixture
def said(procurement, lead, place, at):
    """Do one of the acts; return the place of its entry."""

    def done(act):
        ACTS[act](procurement, lead, at)
        return place(act.partition(",")[0])

    return done


@pytest.mark.parametrize("act", ACTS)
def test_the_words_of_a_lead_are_erased_everywhere_and_the_page_says_it(client, said, procurement, erase, act):
    erased = said(act)

    assert list(erase(erased)) == []

    pages = [reverse("commitment", args=[procurement.slug]), f"/journal/{erased}/"]
    pages += [reverse("milestone", args=[one.key]) for one in procurement.milestones.all()]
    shown = "".join(client.get(page).content.decode() for page in pages)
    assert "arguerite" not in shown
    assert BECAUSE in shown
    assert not Entry.objects.filter(opening__contains="arguerite").exists()
    assert verify(str(ledger.folder().path)).size == Entry.objects.count()


@pytest.fixture
def judged(procurement, mandate, place, at):
    """Judge commitment 2 twice; return the place of the second verdict."""
    for name, reasons in (("Ada", "Rien à dire."), ("Blaise", NAMED)):
        by = mandate("reviewer", name=name, organisation="universite")
        actions.judge(undertaking=procurement, stage="end", answers=ANSWERS, reasons=reasons, at=at, mandate=by)
    return place("verdict.given")


def test_the_reasons_of_a_verdict_are_erased_its_answers_stay_and_nothing_else_of_it_changes(judged, erase):
    erase(judged)
    verdict = Verdict.objects.get(reader=2)
    assert (verdict.reasons, verdict.completion) == (TOMBSTONE, "substantial")
    with pytest.raises(DatabaseError, match="figé"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE undertakings_verdict SET completion = 'limited', reasons = '[Contenu effacé : x]'")


def test_a_review_loses_the_words_it_took_up_and_names_the_text_that_keeps_them(plan, judged, erase, at):
    succession.open_review(at=at, plan=plan)
    before = Review.objects.get().report

    (copy,) = erase(judged)

    report = Review.objects.get().report
    assert json.dumps(report, ensure_ascii=False).count(TOMBSTONE) == 1
    assert json.dumps(before) == json.dumps(report).replace(json.dumps(TOMBSTONE), json.dumps(NAMED))
    assert "version « Revue du" in copy


def test_the_command_erases_says_what_it_did_and_the_page_shows_the_tombstone(client, said, at):
    erased = said("claim.made")

    answer = CliRunner().invoke(command, ["erase", str(erased), "--because", BECAUSE])

    assert (answer.exit_code, f"l'entrée n° {erased}" in answer.output) == (0, True)
    assert Claim.objects.get().text == TOMBSTONE
    ledger.sequence(at=at)
    page = client.get(f"/journal/{erased}/").content.decode()
    assert BECAUSE in page
    assert re.search(rf"/journal/{Entry.objects.count() - 1}/", page)


@pytest.mark.parametrize(
    ("kind", "because", "refusal"),
    [
        ("plan.loaded", BECAUSE, ledger.HoldsNoWords),
        ("claim.made", "  ", ledger.NoReasonToErase),
        (None, BECAUSE, ledger.NoSuchEntry),
    ],
)
def test_an_erasure_that_cannot_be_is_refused_and_erases_nothing(said, place, kind, because, refusal):
    said("claim.made")
    count = Entry.objects.count()
    position = place(kind) if kind else count

    with pytest.raises(refusal, match=r"[Rr]ien n'a été effacé"):
        ledger.erase_words(position=position, because=because, at=AT)
    assert (Entry.objects.count(), Claim.objects.get().text) == (count, NAMED)


def test_what_is_erased_is_not_erased_twice(said, erase):
    erased = said("claim.made")
    erase(erased)
    with pytest.raises(ledger.AlreadyErased):
        erase(erased)
