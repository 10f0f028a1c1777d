"""Every version is kept, and rebuilt byte for byte from what each changes of the one before."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.texts.pure.wordings import documents, wordings
from parvis.core.texts.deltas import DeltaDoesNotFit, decode, encode, rewritten, script
from parvis.core.texts.documents import Document, DoubledUnit, Passage, UnknownUnit
from parvis.core.texts.histories import DamagedHistory, History, UnknownVersion, Version

NOTHING = Document(())


def whole(document):
    """Return a document with all that it holds, as bytes."""
    return json.dumps([passage.__dict__ for passage in document.passages]).encode()


def kept_elsewhere(delta):
    """Send a delta through JSON, as storage does."""
    return json.loads(json.dumps(delta))


@given(wordings, wordings)
def test_a_wording_is_rebuilt_from_what_changed(before, after):
    assert rewritten(before, script(before, after)).encode("utf-8", "surrogatepass") == after.encode(
        "utf-8", "surrogatepass"
    )


@given(st.lists(documents(), min_size=1, max_size=5))
def test_every_version_is_rebuilt_byte_for_byte(versions):
    before = NOTHING
    deltas = []
    for version in versions:
        deltas.append(kept_elsewhere(encode(before, version)))
        before = version
    rebuilt = NOTHING
    for version, delta in zip(versions, deltas, strict=True):
        rebuilt = decode(rebuilt, delta)
        assert rebuilt == version
        assert whole(rebuilt) == whole(version)


def test_every_step_of_real_bills_and_codes_is_rebuilt_byte_for_byte(bills, snapshots):
    count = 0
    for steps in [*(list(bill.values()) for bill in bills.values()), snapshots]:
        rebuilt = NOTHING
        for before, document in zip([NOTHING, *steps], steps, strict=False):
            rebuilt = decode(rebuilt, kept_elsewhere(encode(before, document)))
            assert rebuilt.text().encode() == document.text().encode()
            assert whole(rebuilt) == whole(document)
            count += 1
    assert count == 69


def test_a_version_costs_what_it_changes(snapshots):
    full = len(json.dumps(encode(NOTHING, snapshots[-1])))
    changed = len(json.dumps(encode(snapshots[-2], snapshots[-1])))
    assert changed < full / 20
    assert len(json.dumps(encode(snapshots[0], snapshots[0]))) < 20


def test_a_delta_is_refused_by_a_document_that_is_not_its_own():
    one = Document((Passage("1", "1", "Le maire publie."),))
    other = Document((Passage("1", "1", "Le maire publie le rapport."),))
    with pytest.raises(DeltaDoesNotFit, match="16 caractères d'une unité qui en a 27"):
        decode(other, encode(one, Document((Passage("1", "1", "Le maire le publie."),))))
    with pytest.raises(DeltaDoesNotFit, match="passages que le texte de départ n'a pas"):
        decode(NOTHING, encode(one, one))


def history(*wordings_, dated=True):
    """Return the history of an article, one version a year from 2020."""
    kept = History()
    for place, words in enumerate(wordings_):
        parents = (f"v{place - 1}",) if place else ()
        day = date(2020 + place, 1, 1) if dated else None
        kept.add(Version(f"v{place}", day, parents=parents), Document((Passage("1er", "1er", words),)))
    return kept


def test_the_words_of_a_day_are_those_of_the_last_version_before_it():
    kept = history("un", "deux", "trois")
    assert kept.text("1er", date(2020, 1, 1)) == "un"
    assert kept.text("1er", date(2021, 6, 1)) == "deux"
    assert kept.text("1er", date(2030, 1, 1)) == "trois"
    with pytest.raises(UnknownVersion, match="31/12/2019"):
        kept.text("1er", date(2019, 12, 31))
    with pytest.raises(UnknownUnit):
        kept.text("99", date(2020, 1, 1))


def test_of_two_versions_of_a_day_the_last_published_counts():
    kept = history("un", "deux")
    kept.add(Version("v2", date(2021, 1, 1), parents=("v1",)), Document((Passage("1er", "1er", "trois"),)))
    assert kept.text("1er", date(2021, 1, 1)) == "trois"


def test_a_version_s_parents_must_be_known():
    with pytest.raises(UnknownVersion, match="« v8 »"):
        History().add(Version("v9", parents=("v8",)), NOTHING)


def test_a_history_taken_back_from_storage_is_the_same_and_checked():
    kept = history("Le maire publie.", "Le maire publie le rapport.", "Le préfet publie le rapport.")
    again = History()
    for name in ("v0", "v1", "v2"):
        again.take(replace(kept.kept(name), delta=kept_elsewhere(kept.kept(name).delta)))
    assert again.document("v2") == kept.document("v2")
    damaged = History()
    damaged.take(kept.kept("v0"))
    forged = kept_elsewhere(kept.kept("v1").delta)
    forged[0]["words"][1] = " le faux rapport"
    damaged.take(replace(kept.kept("v1"), delta=forged))
    with pytest.raises(DamagedHistory, match="« v1 »"):
        damaged.document("v1")


def test_the_wordings_that_a_unit_has_borne():
    kept = history("un", "deux", "un")
    assert [(found.words, found.versions) for found in kept.alternatives("1er")] == [
        ("un", ("v0", "v2")),
        ("deux", ("v1",)),
    ]


def test_two_versions_far_apart_are_compared_directly():
    kept = history("un", "deux", "un trois")
    (change,) = kept.diff("v0", "v2")
    assert [(part.before, part.after) for part in change.changes] == [("un", "un"), ("", " trois")]


def test_a_unit_is_in_a_document_once():
    with pytest.raises(DoubledUnit, match="« 1er »"):
        Document((Passage("1er", "1er", "un"), Passage("1er", "1er", "deux")))


def test_a_whole_text_reads_as_a_person_would_write_it():
    document = Document(
        (
            Passage("1er", "1er", "Le maire publie.\nIl transmet.", path=("Titre Ier", "Chapitre Ier")),
            Passage("2", "2", "", path=("Titre Ier", "Chapitre II"), status="supprimé"),
            Passage("3", "3", "Rien.", heading="Entrée en vigueur", path=("Titre II",)),
        )
    )
    assert document.text() == (
        "Titre Ier\nChapitre Ier\n\nArticle 1er\n\nLe maire publie.\nIl transmet.\n\n"
        "Chapitre II\n\nArticle 2 (supprimé)\n\nTitre II\n\nArticle 3. Entrée en vigueur\n\nRien.\n"
    )
