"""Nothing of an import is public until someone accepts it; then its good rows are contributions, found and counted."""

from datetime import UTC, datetime

import pytest

from parvis.core.actors.actions import RoleDoesNotOpen
from parvis.core.ledger.models import Entry
from parvis.core.processes.importing import actions, rows
from parvis.core.processes.importing.models import Draft
from parvis.core.processes.models import Contribution, UnitCount

LINES = (
    b'{"id": "p", "kind": "proposal", "title": "Planter", "text": "Planter des tilleuls", "author": "citoyen-1"}\n'
    b'{"id": "a", "kind": "argument", "parent": "p", "side": "for", "text": "Ombre", "votes_for": 12}\n'
    b'{"id": "x", "kind": "argument", "parent": "p", "side": "ailleurs", "text": "?"}\n'
)


@pytest.fixture
def draft(debate, steward, at, tmp_path):
    path = tmp_path / "import.jsonl"
    path.write_bytes(LINES)
    return actions.receive(
        written=rows.read(path),
        title="Réunion du 1er mars",
        source_name="import.jsonl",
        process=debate,
        mandate=steward,
        at=at,
    )


def test_a_draft_publishes_nothing(draft):
    assert (draft.good, draft.bad, draft.state) == (2, 1, "waiting")
    assert Contribution.objects.count() == 0
    assert "choisissez parmi" in draft.rows.get(is_good=False).reasons[0]


def test_accepted_the_good_rows_enter_and_the_bad_ones_stay_listed(draft, debate, steward, at):
    actions.accept(draft=draft, mandate=steward, at=at)
    proposal, argument = debate.contributions.order_by("number")
    debate.refresh_from_db()

    assert (proposal.kind, proposal.title, proposal.author_name, proposal.replies) == (
        "proposal",
        "Planter",
        "citoyen-1",
        1,
    )
    assert (argument.parent, argument.side, debate.received) == (proposal, "for", 2)
    assert {(one.kind, one.side): one.count for one in UnitCount.objects.filter(process=debate)} == {
        ("proposal", ""): 1,
        ("argument", "for"): 1,
    }
    assert proposal.lexemes.filter(word__startswith="tilleul").exists()
    assert draft.rows.filter(is_good=False).count() == 1


def test_votes_that_a_source_counted_are_not_our_counted_votes(draft, debate, steward, at):
    actions.accept(draft=draft, mandate=steward, at=at)
    argument = debate.contributions.get(kind="argument")

    assert argument.votes_for == 0
    assert argument.notices.get().said["votes_for"] == 12


def test_an_accepted_import_is_sealed_with_the_hash_of_its_rows(draft, debate, steward, at):
    actions.accept(draft=draft, mandate=steward, at=at)
    sealed = Entry.objects.about(stream=debate.stream, key=draft.key).get(kind="import.accepted").content

    assert (sealed["rows_sha256"], sealed["good"], sealed["first"], sealed["last"]) == (draft.sha256, 2, 1, 2)


def test_the_same_rows_are_not_imported_twice(draft, debate, steward, at, tmp_path):
    actions.accept(draft=draft, mandate=steward, at=at)
    again = actions.receive(
        written=rows.read(tmp_path / "import.jsonl"),
        title="Encore",
        source_name="x",
        process=debate,
        mandate=steward,
        at=at,
    )

    assert again == draft
    with pytest.raises(actions.AlreadyDecided, match="déjà accepté"):
        actions.accept(draft=draft, mandate=steward, at=at)
    assert Contribution.objects.count() == 2


def test_a_refused_draft_says_why_and_may_be_sent_again(draft, debate, steward, at, tmp_path):
    with pytest.raises(actions.ReasonMissing, match="se motive"):
        actions.refuse(draft=draft, because=" ", mandate=steward, at=at)
    actions.refuse(draft=draft, because="Mauvais débat.", mandate=steward, at=at)
    again = actions.receive(
        written=rows.read(tmp_path / "import.jsonl"),
        title="Encore",
        source_name="x",
        process=debate,
        mandate=steward,
        at=at,
    )

    assert Contribution.objects.count() == 0
    assert again != draft
    assert Draft.objects.get(pk=draft.pk).because == "Mauvais débat."


def test_a_role_that_does_not_accept_imports_is_refused(draft, body, at):
    from parvis.core.actors import actions as actors

    person = actors.open_account(
        email="porteur@parvis.example", public_name="Porteur d'essai", password="un mot", at=at
    )
    lead = actors.grant_mandate(actor=person, role="lead", organisation=body, starts_on=at.date(), at=at)

    with pytest.raises(RoleDoesNotOpen, match="publier ou refuser un import"):
        actions.accept(draft=draft, mandate=lead, at=at)


def test_the_kinds_of_an_import_are_those_that_its_debate_opens(debate, steward, at):
    written = rows.given(iter([{"kind": "wording", "unit": "", "title": "T", "wording": "W", "reason": "R"}]))
    draft = actions.receive(written=written, title="t", source_name="s", process=debate, mandate=steward, at=at)

    assert (draft.good, draft.bad) == (0, 1)
    with pytest.raises(actions.NothingGood, match="Aucune ligne ne peut entrer"):
        actions.accept(draft=draft, mandate=steward, at=at)


def test_a_sign_that_no_text_holds_is_one_bad_row_on_both_databases(debate, steward, at, tmp_path):
    path = tmp_path / "import.jsonl"
    path.write_bytes(
        b'{"kind": "comment", "text": "' + b"a" * 5_000 + b'"}\n{"kind": "com\0ment"}\n{"votes_for": "\\u0000"}\n'
    )
    draft = actions.receive(
        written=rows.read(path), title="t", source_name="s", process=debate, mandate=steward, at=at
    )

    assert (draft.good, draft.bad) == (1, 2)
    assert "␀" in draft.rows.get(position=2).text


def test_answers_to_a_survey_are_imported_where_there_is_one(debate, steward, at):
    row = {"kind": "survey-answer", "q1": "oui", "q2": "Un abri près du tilleul"}

    def receive(title):
        given = {"source_name": "s", "process": debate, "mandate": steward, "at": at}
        return actions.receive(written=rows.given(iter([row | {"id": title}])), title=title, **given)

    without = receive("sans")
    debate.metadata["questions"] = [
        {"name": "q1", "title": "Oui ?", "type": "choice", "choices": {"oui": "Oui", "non": "Non"}},
        {"name": "q2", "title": "Quoi ?", "type": "text"},
    ]
    debate.save()
    draft = receive("avec")
    actions.accept(draft=draft, mandate=steward, at=at)
    entered = debate.contributions.get()

    assert (without.good, draft.good) == (0, 1)
    assert (entered.excerpt, entered.lexemes.filter(word__startswith="tilleul").exists()) == (row["q2"], True)


@pytest.mark.parametrize(("role", "is_led"), [("steward", True), ("lead", False)])
def test_pages_lead_those_who_may_to_the_imports(debate, body, client, role, is_led):
    from parvis.core.actors import actions as actors

    now = datetime.now(tz=UTC)
    person = actors.open_account(email="elle@parvis.example", public_name="Elle", password="un bon mot", at=now)
    actors.grant_mandate(actor=person, role=role, organisation=body, starts_on=now.date(), at=now)
    client.force_login(person)

    assert ('href="/debats/essai/importer/"' in client.get("/debats/essai/").text) is is_led
    assert ('href="/debats/imports/"' in client.get("/debats/").text) is is_led
