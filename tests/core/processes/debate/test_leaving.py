"""An account that did everything in a debate leaves: nothing names its person, and what was proved stays proved."""

import pytest

from core.ledger.test_erasure import dump, tiles
from core.processes.debate.leaving import BEGINNING, EMAIL, NAME, NOW, PUBLISHED, TOLD, Life
from parvis.core.actors.models import Actor
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.ledger.verifying import verify
from parvis.core.processes.answering.models import Follow, Notice
from parvis.core.processes.exporting import actions as exporting
from parvis.core.processes.voting.counting import actions as counting
from parvis.core.processes.voting.recounting import recount

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def life(settings, tmp_path, debate):
    settings.PARVIS_HOME = tmp_path
    return Life(debate(starts_at=BEGINNING, at=BEGINNING))


def left(words, home):
    """Return the words that the database or a file of the site still holds."""
    kept = dump() + tiles(home)
    return [word for word in words if word.encode() in kept]


def leaves():
    return list(Entry.objects.exclude(position=None).order_by("position").values_list("position", "leaf"))


def departed(life, client, home, *, with_words):
    """Publish what there is, have her leave, publish again; return what the log was before."""
    before = ledger.sequence(at=NOW)
    exporting.freeze_all(at=NOW)
    everything = (NAME, EMAIL, *PUBLISHED, *TOLD)
    assert left(everything, home) == list(everything), "the search finds what is there"
    sealed = leaves()
    life.leaves(client, with_words=with_words)
    ledger.sequence(at=NOW)
    ledger.sweep()
    assert [(position, bytes(leaf)) for position, leaf in leaves()[: len(sealed)]] == [
        (position, bytes(leaf)) for position, leaf in sealed
    ]
    return before


def test_her_name_and_what_she_told_the_body_are_nowhere_and_what_she_published_stays(life, client, tmp_path):
    departed(life, client, tmp_path, with_words=False)
    exporting.freeze_all(at=NOW)
    assert left((NAME, EMAIL, *TOLD), tmp_path) == []
    assert left(PUBLISHED, tmp_path) == list(PUBLISHED)
    page = client.get("/debats/loi-d-essai/contributions/1/").content.decode()
    assert "Compte effacé" in page
    assert "Motif beta-unique" in page


def test_her_words_are_nowhere_when_she_asks_it(life, client, tmp_path):
    departed(life, client, tmp_path, with_words=True)
    assert left((NAME, EMAIL, *TOLD, *PUBLISHED), tmp_path) == []
    exporting.freeze_all(at=NOW)
    assert left(PUBLISHED, tmp_path) == []
    page = client.get("/debats/loi-d-essai/contributions/1/").content.decode()
    assert "Compte effacé" in page
    assert "Mots effacés par leur auteur, avec son compte." in page
    assert "Contraire au secret des affaires." in page, "the answer that was given stays"


def test_the_log_is_accepted_and_the_votes_count_the_same(life, client, tmp_path):
    before = departed(life, client, tmp_path, with_words=True)
    audit = verify(str(tmp_path / "log" / "public"), since=before.note)
    assert audit.kinds["account.erased"] == 1
    assert audit.kinds["entry.erased"] >= 10
    again = recount(counting.export(poll=life.poll))
    assert (again.faults, again.tally, again.ballots) == ([], {"for": 2}, 2)


def test_nothing_points_to_her_any_more(life, client, tmp_path):
    number = life.her.pk
    departed(life, client, tmp_path, with_words=False)
    pointing = [
        (one.related_model.__name__, one.field.name)
        for one in Actor._meta.related_objects
        if one.related_model.objects.filter(**{one.field.name: number}).exists()
    ]
    assert pointing == []
    assert not Follow.objects.exists()
    assert not Notice.accounts.through.objects.filter(actor=number).exists()
