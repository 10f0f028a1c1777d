"""VOTE-2, VOTE-3: anyone recounts a vote from its export alone, with our command or without our code; what an insider
inserts, deletes or changes is named."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from house.law import ROOT
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.leaves import canonical, commit
from parvis.core.ledger.models import Entry
from parvis.core.ledger.notes import NoteRefused, Signer
from parvis.core.ledger.verifying import fetch_from
from parvis.core.processes.voting import actions, api
from parvis.core.processes.voting.counting import actions as counting
from parvis.core.processes.voting.models import Ballot
from parvis.core.processes.voting.recounting import NotAnExport, missing_from, recount

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

SCRIPT = ROOT / "docs" / "do" / "recompter.py"
INSERTED = """
INSERT INTO voting_ballot (receipt, poll_id, nullifier, choice, attempt, entry_id) VALUES (%s, %s, %s, %s, %s, %s)
"""
CHOICES = ["vert", "bleu", "vert", "gris", "vert", "bleu", "vert"]


def outsider(lines, folder):
    """Recount as an outsider does: a plain Python, our code out of reach. Return its status, its words, its faults."""
    (folder / "vote.jsonl").write_bytes(b"".join(lines))
    command = [sys.executable, "-I", str(SCRIPT), "vote.jsonl"]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return answer.returncode, answer.stdout, answer.stderr


@pytest.fixture
def voted(poll, people, cast, publish, other_acts):
    """A poll of seven ballots, given their places among other acts in several rounds."""
    held = poll()
    for voter, choice in zip(people(7), CHOICES, strict=True):
        cast(held, voter, choice)
        other_acts(3)
        if choice == "vert":
            publish()
    held.refresh_from_db()
    return held


@pytest.fixture
def other_acts(db, at):
    def seal(count):
        for number in range(count):
            ledger.append(kind="release.published", stream="autre", content={"n": number}, at=at)

    return seal


def ballot(rank=2):
    return Ballot.objects.order_by("entry__position")[rank]


def sql(statement, *given):
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def test_both_verifiers_give_the_announced_tally_of_a_running_vote(voted, exported, tmp_path):
    lines = exported(voted)
    found = recount(lines)
    status, told, faults = outsider(lines, tmp_path)

    assert (found.faults, dict(found.tally), found.ballots, found.waiting) == ([], voted.counts, 7, 0)
    assert (status, faults) == (0, "")
    assert f"7 bulletins, {dict(found.tally)}" in told


def test_what_waits_for_its_place_is_told_and_is_no_fault(voted, person, cast, exported):
    exported(voted)
    cast(voted, person("Retard"), "gris")
    found = recount(counting.export(poll=voted))

    assert (found.faults, found.ballots, found.waiting) == ([], 7, 1)


@pytest.fixture
def late(voted, person, cast):
    """One more ballot, that has no place in the log yet."""
    return cast(voted, person("Dernier"), "gris")


@pytest.mark.usefixtures("late")
def test_a_closed_vote_is_counted_for_good_once_its_last_ballot_is_published(voted, keep, publish, exported, tmp_path):
    assert keep(voted.closes_at) == (1, 0, 0)
    publish()
    assert keep(voted.closes_at) == (0, 1, 0)
    lines = exported(voted)
    found = recount(lines)
    voted.refresh_from_db()

    assert (found.faults, found.final["counts"], found.final["ballots"]) == ([], {"vert": 4, "bleu": 2, "gris": 2}, 8)
    assert voted.tally.content == found.final
    assert outsider(lines, tmp_path)[0] == 0


def test_an_export_holds_no_account_nor_key(voted, exported):
    text = b"".join(exported(voted)).decode()

    assert "Personne" not in text
    assert "@" not in text
    assert bytes(voted.key).hex() not in text


def named(voted, exported, folder):
    """Return what both verifiers say of what an insider did."""
    lines = exported(voted)
    status, _, outside = outsider(lines, folder)
    assert status == 1
    return " ".join(recount(lines).faults), outside


def test_a_changed_vote_is_named(voted, exported, publish, tmp_path):
    publish()
    place = ballot().entry.position
    sql("UPDATE voting_ballot SET choice = 'gris' WHERE receipt = %s", ballot().receipt)
    ours, theirs = named(voted, exported, tmp_path)

    assert f"Position {place} : le bulletin n'est pas ce que le journal a scellé" in ours
    assert f"position {place} :" in theirs


def test_a_vote_changed_down_to_its_leaf_in_the_database_is_named(voted, exported, publish, tmp_path):
    publish()
    changed, other = ballot(), ballot(3)
    sql("UPDATE voting_ballot SET choice = 'gris' WHERE receipt = %s", changed.receipt)
    sql(
        "UPDATE ledger_entry SET leaf = %s, opening = %s, salt = %s, hidden = %s WHERE id = %s",
        bytes(other.entry.leaf), other.entry.opening, bytes(other.entry.salt), other.entry.hidden, changed.entry_id,
    )  # fmt: skip
    ours, theirs = named(voted, exported, tmp_path)

    assert f"Position {changed.entry.position} : le bulletin n'est pas ce que le journal a scellé" in ours
    assert f"position {changed.entry.position} :" in theirs


def test_a_deleted_vote_is_named(voted, exported, publish, tmp_path):
    publish()
    place = ballot().entry.position
    sql("DELETE FROM voting_ballot WHERE receipt = %s", ballot().receipt)
    ours, theirs = named(voted, exported, tmp_path)

    assert f"Position {place} : le journal a scellé un vote, et son bulletin a été supprimé" in ours
    assert f"position {place} :" in theirs


def test_a_vote_deleted_with_its_entry_and_its_counters_is_named_from_the_log(voted, exported, publish):
    publish()
    gone = ballot()
    place = gone.entry.position
    sql("DELETE FROM voting_ballot WHERE receipt = %s", gone.receipt)
    sql("DELETE FROM ledger_entry WHERE id = %s", gone.entry_id)
    sql(
        "UPDATE voting_poll SET ballots = 6, counts = %s",
        json.dumps({**voted.counts, gone.choice: voted.counts[gone.choice] - 1}),
    )
    lines = list(counting.export(poll=voted))

    assert missing_from(lines, fetch_from(str(ledger.folder().path))) == [
        f"Position {place} : le journal a scellé « vote.cast » pour ce vote, et l'export ne le dit pas."
    ]


def inserted(voted, **entry):
    """Put a ballot in the database by SQL, tied to an entry made for it."""
    made = Entry.objects.create(
        kind="vote.cast",
        stream=voted.stream,
        opening="{}",
        salt=b"s" * 32,
        hidden="{}",
        hidden_salt=b"h" * 32,
        **entry,
    )
    sql(INSERTED, "e" * 32, voted.pk, "a" * 64, "gris", "", made.pk)
    sql("UPDATE voting_poll SET ballots = 8, counts = %s", json.dumps({**voted.counts, "gris": 2}))
    return made


def test_an_inserted_vote_whose_leaf_was_made_up_is_named(voted, exported, tmp_path):
    forged = json.dumps({"v": 1, "t": "vote.cast", "s": voted.stream, "c": "0" * 64, "d": "2026-03-05T09:00Z"},
                        sort_keys=True, separators=(",", ":"))  # fmt: skip
    made = inserted(voted, leaf=forged.encode())
    ours, theirs = named(voted, exported, tmp_path)
    made.refresh_from_db()

    assert f"Position {made.position} : le bulletin n'est pas ce que le journal a scellé" in ours
    assert f"position {made.position} :" in theirs


def test_a_vote_inserted_on_another_entry_of_the_log_is_named(voted, exported, publish, tmp_path):
    publish()
    other = Entry.objects.filter(stream="autre").first()
    sql(INSERTED, "e" * 32, voted.pk, "a" * 64, "gris", "", other.pk)
    ours, theirs = named(voted, exported, tmp_path)

    assert "Le bulletin « gris » n'a pas de place au journal : il a été inséré." in ours
    assert "position None : inséré" in theirs


@pytest.mark.parametrize("counts", [{"vert": 3, "bleu": 3, "gris": 1}, {"vert": 4, "bleu": 20, "gris": 1}])
def test_a_counter_changed_by_itself_is_seen(voted, exported, tmp_path, counts):
    sql("UPDATE voting_poll SET counts = %s", json.dumps(counts))
    ours, theirs = named(voted, exported, tmp_path)

    assert "un compteur ou un bulletin a été changé" in ours
    assert "compteurs changés" in theirs


@pytest.mark.parametrize(
    "changed",
    [
        """UPDATE voting_poll SET counts = '{"vert": 0, "bleu": 6, "gris": 1}'""",
        "UPDATE voting_ballot SET choice = 'bleu' WHERE choice = 'vert'",
        "UPDATE voting_poll SET ballots = 8",
    ],
)
def test_counters_that_are_not_the_ballots_are_never_counted_for_good(voted, publish, keep, changed):
    publish()
    sql(changed)

    assert [keep(voted.closes_at) for _ in range(2)] == [(1, 0, 0), (0, 0, 0)]
    assert not Entry.objects.filter(kind="poll.tallied").exists()
    assert [said.partition(" :")[0] for said in api.contradicted()] == [
        "Le vote « couleur » n'est pas compté pour de bon"
    ]


def test_a_count_sealed_then_contradicted_is_seen(voted, keep, publish, exported):
    keep(voted.closes_at)
    publish()
    keep(voted.closes_at)
    publish()
    sql("DELETE FROM voting_ballot WHERE receipt = %s", ballot().receipt)

    assert "Le décompte scellé dit 7 bulletins" in " ".join(recount(exported(voted)).faults)


def edited(lines, rank, **changes):
    changed = json.loads(lines[rank]) | changes
    return [*lines[:rank], json.dumps(changed).encode() + b"\n", *lines[rank + 1 :]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: edited(lines, 2, choice="gris"), "n'est pas ce que le journal a scellé"),
        (lambda lines: edited(lines, 2, leaf="0" * 64), "ne mènent pas à la racine signée"),
        (lambda lines: [*lines[:3], *lines[4:]], "n'a pas la longueur|ne mènent pas à la racine signée"),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], "un autre aussi"),
        (lambda lines: edited(lines, 0, question="Autre ?"), "scellés à l'ouverture"),
        (lambda lines: edited(lines, 0, mode="secret"), "scellés à l'ouverture"),
        (lambda lines: edited(lines, -1 % len(lines), proof=[]), "n'a pas la longueur"),
    ],
)
def test_an_export_changed_by_hand_does_not_recount(voted, exported, change, said):
    import re

    assert re.search(said, " ".join(recount(change(exported(voted))).faults))


def stripped(lines):
    """Give ballots for « vert » the form of those of a secret vote, and announce none, as who serves the file can."""
    for line in map(json.loads, lines):
        if line.get("choice") == "vert":
            hidden = canonical({"choice": line.pop("choice"), "nullifier": line.pop("nullifier")})
            content = {"content": {}, "hidden": commit(bytes.fromhex(line.pop("hidden_salt")), hidden)}
            line["commitment"] = commit(bytes.fromhex(line.pop("salt")), canonical(content))
        if "announced" in line:
            line["announced"]["counts"]["vert"] = 0
        yield json.dumps(line).encode() + b"\n"


@pytest.fixture(params=["public", "secret"])
def in_a_mode(request, poll, people, cast):
    held = poll(mode=request.param)
    for voter, choice in zip(people(7), CHOICES, strict=True):
        cast(held, voter, choice)
    return held


def test_a_vote_that_shows_some_choices_and_not_others_is_named(in_a_mode, exported, tmp_path):
    lines = list(stripped(exported(in_a_mode, is_opened=True)))
    status, _, theirs = outsider(lines, tmp_path)

    assert recount(lines).faults == [
        "4 bulletins ne disent pas leur choix, alors que ce vote les publie : ils ont été retirés de l'export."
    ]
    assert (status, theirs) == (1, "des bulletins ne disent pas leur choix\n")


@pytest.mark.parametrize("choice", ["vert,bleu", "vert,vert", ""])
def test_a_ballot_of_several_choices_is_named_where_one_is_asked(voted, exported, choice):
    assert f"« {choice} » n'est pas une option du vote" in " ".join(
        recount(edited(exported(voted), 2, choice=choice)).faults
    )


def test_a_head_signed_by_another_key_is_refused(voted, exported):
    with pytest.raises(NoteRefused):
        recount(exported(voted), key=str(Signer.generate("parvis.example/journal").verifier))


@pytest.mark.parametrize("lines", [[b"bonjour\n"], [b"{}\n"], [b"[1]\n", b"[2]\n"]])
def test_a_file_that_is_no_export_is_refused_in_a_sentence(lines):
    with pytest.raises(NotAnExport):
        recount(lines)


def test_a_vote_counted_in_secret_publishes_no_choice_and_an_auditor_recounts_it(
    poll, people, cast, exported, tmp_path
):
    held = poll(mode="secret")
    for voter, choice in zip(people(7), CHOICES, strict=True):
        cast(held, voter, choice)
    lines = exported(held)
    shown, opened = recount(lines), recount(exported(held, is_opened=True))

    assert (shown.faults, shown.ballots, dict(shown.tally)) == ([], 7, {})
    assert b"choice" not in b"".join(lines)
    assert b"nullifier" not in b"".join(lines)
    assert shown.header["announced"] == {"ballots": 7, "counts": {}}
    assert (opened.faults, dict(opened.tally)) == ([], {"vert": 4, "bleu": 2, "gris": 1})
    assert outsider(lines, tmp_path)[0] == 0


def test_the_outsiders_program_is_short_and_needs_nothing_of_ours():
    text = Path(SCRIPT).read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 40
    assert "parvis" not in text.lower().replace("vote de parvis", "")


def test_two_votes_cannot_be_joined_by_the_names_of_their_voters(poll, people, cast):
    """VOTE-5: the database as it is, once both keys are destroyed."""
    held, voters = [poll(), poll(slug="forme")], people(7)
    for one in held:
        for voter in voters:
            cast(one, voter, "vert", key=f"envoi {voter.pk}")
    for one in held:
        counting.close(poll=one, at=one.closes_at)
        from datetime import timedelta

        counting.destroy_key(poll=one, at=one.closes_at + timedelta(days=one.key_days))
    names = [set(Ballot.objects.filter(poll=one).values_list("nullifier", flat=True)) for one in held]
    sendings = [set(Ballot.objects.filter(poll=one).values_list("attempt", flat=True)) for one in held]

    assert [len(some) for some in (*names, *sendings)] == [7, 7, 7, 7]
    assert names[0] & names[1] == sendings[0] & sendings[1] == set()
    assert [one.key for one in actions.Poll.objects.all()] == [None, None]
