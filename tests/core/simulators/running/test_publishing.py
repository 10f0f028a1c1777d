"""Publishing is an explicit act; erasing leaves a number and a reason, and nothing to guess a situation from."""

import hashlib
import hmac
import json

import pytest
from django.db import IntegrityError, transaction

from core.ledger.test_erasure import dump, tiles
from core.simulators.hosting.engines.tiny import Tiny
from core.simulators.running.sample import DOUBLED, asked, computed, publish, someone
from parvis.core.actors import leaving
from parvis.core.actors.actions import NotConfirmed
from parvis.core.actors.models import Actor
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.simulators import actions
from parvis.core.simulators.models import STREAM, Run
from parvis.core.simulators.running.files import LARGEST, MOST_ROWS, read, run_file, text_of

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "mot-unique-de-la-situation"
EARNED = 48213.77


@pytest.fixture
def home(settings, tmp_path):
    settings.PARVIS_HOME = tmp_path
    return tmp_path


def personal():
    return asked(EARNED, said=[WORD])


def left(words, home):
    kept = dump() + tiles(home)
    return [word for word in words if str(word).encode() in kept]


def test_the_log_seals_the_identity_and_never_the_situation(ana, at, home) -> None:
    run = publish(ana, question=personal(), title="Titre-unique", at=at)
    sealed = {entry.kind: entry for entry in Entry.objects.about(stream=STREAM, key=run.key)}

    assert sealed["run.published"].content["identity"] == run.identity == computed(personal()).identity
    log = "".join(f"{entry.opening}{entry.hidden}{bytes(entry.leaf)}" for entry in sealed.values())
    assert [word for word in (WORD, str(EARNED), "Titre-unique", ana.email) if word in log] == []
    assert [run.identity in bytes(entry.leaf).decode() for entry in sealed.values()] == [False, False]


def test_the_same_calculation_is_published_once_by_whoever_came_first(ana, at) -> None:
    first = publish(ana, at=at)
    second = publish(someone("Ben", at=at), title="Le mien", at=at)

    assert (second.pk, second.author, second.title) == (first.pk, ana, "Mon aide")
    assert Entry.objects.filter(kind="run.published").count() == 1


def test_an_account_without_a_confirmed_address_publishes_nothing(ana, at) -> None:
    Actor.objects.filter(pk=ana.pk).update(confirmed_at=None)
    ana.refresh_from_db()

    with pytest.raises(NotConfirmed):
        publish(ana, at=at)
    assert not Run.objects.exists()


def test_what_a_page_cannot_keep_is_refused(ana, at) -> None:
    with pytest.raises(actions.TooHeavyToPublish, match="trop de lignes"):
        publish(ana, question=asked(*range(80_000)), at=at)


def test_erased_nothing_is_left_to_guess_the_situation_from(ana, at, home) -> None:
    run = publish(ana, question=personal(), title="Titre-unique", at=at)
    ledger.sequence(at=at)
    traces = (WORD, EARNED, "Titre-unique", run.identity, run.results_hash)
    assert left(traces, home) == list(traces), "the search finds what is there"

    erased = actions.erase_run(run=run, because="Je ne veux plus la montrer.", author=ana, at=at)
    ledger.sequence(at=at)
    ledger.sweep()

    assert left(traces, home) == []
    assert (erased.identity, erased.asked, erased.results, erased.title) == (None, None, None, "")
    leaves = [json.loads(bytes(entry.leaf)) for entry in Entry.objects.about(stream=STREAM, key=run.key)]
    guess = json.dumps({"content": {"identity": computed(personal()).identity}}).encode()
    # Without its salt, what a leaf commits to is found by no guess: neither a hash nor a keyed one of what is known.
    guesses = {
        hashlib.sha256(guess).hexdigest(),
        hmac.digest(b"", guess, "sha256").hex(),
        computed(personal()).identity,
    }
    assert {leaf["c"] for leaf in leaves} & guesses == set()
    assert {leaf["k"] for leaf in leaves} == {f"calcul-{run.pk}"}


def test_an_operator_erases_it_by_the_place_of_its_entry_in_the_log(ana, at, home) -> None:
    run = publish(ana, title="Titre-unique", at=at)
    ledger.sequence(at=at)
    place = Entry.objects.get(kind="run.published").position

    ledger.erase_words(position=place, because="Décision de justice.", at=at)

    run.refresh_from_db()
    assert (run.title, run.erased_because) == ("", "Décision de justice.")
    assert all(entry.is_erased for entry in Entry.objects.filter(kind__startswith="run."))


def test_only_its_author_erases_it_and_says_why(ana, at) -> None:
    run = publish(ana, at=at)

    with pytest.raises(actions.NotTheAuthorOfRun):
        actions.erase_run(run=run, because="Il me gêne.", author=someone("Ben", at=at), at=at)
    with pytest.raises(actions.NoReasonToErase):
        actions.erase_run(run=run, because="  ", author=ana, at=at)
    assert Run.objects.published().count() == 1


def test_an_erased_calculation_may_be_published_again(ana, at) -> None:
    run = publish(ana, at=at)
    actions.erase_run(run=run, because="Trop tôt.", author=ana, at=at)

    assert publish(ana, at=at).pk != run.pk


def test_the_database_refuses_an_erased_calculation_that_keeps_something(ana, at) -> None:
    run = publish(ana, at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(erased_at=at, erased_because="x", identity=None, title="")


def test_whoever_leaves_takes_their_calculations_and_those_that_describe_them_are_erased(ana, at) -> None:
    mine = publish(ana, question=personal(), at=at)
    reform = publish(ana, question=asked(10, 20, changes=DOUBLED), is_personal=False, labels=["Un", "Deux"], at=at)
    carried = leaving.carried(ana)["Calculs publiés"]
    assert [one["file"]["identity"] for one in carried] == [mine.identity, reform.identity]

    with transaction.atomic():
        leaving.forget(ana, at=at)

    mine.refresh_from_db()
    reform.refresh_from_db()
    assert (mine.is_erased, mine.author) == (True, None)
    assert (reform.is_erased, reform.author, reform.labels) == (False, None, ["Un", "Deux"])
    assert Entry.objects.filter(kind="run.signed", erased_by=None).count() == 0


def test_whoever_leaves_with_their_words_leaves_no_calculation(ana, at) -> None:
    publish(ana, question=asked(10, 20, changes=DOUBLED), is_personal=False, at=at)

    with transaction.atomic():
        leaving.forget(ana, at=at, with_words=True)

    assert not Run.objects.published().exists()


def test_what_is_published_is_never_heavier_than_what_a_page_replays(ana, at) -> None:
    one, two = (weight(asked(*[EARNED] * count)) for count in (10_001, 10_002))
    most = 10_001 + (LARGEST - one) // (two - one)

    for values in ([EARNED] * (most + 1), [0] * (MOST_ROWS + 1)):
        with pytest.raises(actions.TooHeavyToPublish):
            publish(ana, question=asked(*values), at=at)
    run = publish(ana, question=asked(*[EARNED] * most), at=at)

    assert read(text_of(run.file())).identity == run.identity


def weight(question):
    return len(text_of(run_file(question, Tiny.card, computed(question))).encode())
