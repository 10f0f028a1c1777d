"""An act and its entry exist together; an entry has one place, for ever; the head is published last."""

import json
import stat
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.ledger import actions as ledger
from parvis.core.ledger.growing import Folder, GrowthRefused, TileConflict, TileMissing, grow, read_back
from parvis.core.ledger.leaves import Leaf, NotALeaf, NotCanonical, canonical, commit, open_leaf
from parvis.core.ledger.models import Entry, LogState
from parvis.core.ledger.notes import Verifier, open_checkpoint
from parvis.core.ledger.tiles import NotATile, Tile, entries_of, tile_from
from parvis.core.ledger.trees import EMPTY_ROOT, leaf_hash
from parvis.core.ledger.verifying import LogRefused, LogUnreadable, verify

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_an_act_is_not_sealed_outside_its_transaction(home, at):
    with pytest.raises(ledger.LogOutsideTransaction, match=r"transaction\.atomic"):
        ledger.append(kind="release.published", stream="registers/x", content={}, at=at)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_entry(seal, at):
    def act():
        with transaction.atomic():
            seal()
            LogState.objects.create(pk=2)

    with pytest.raises(IntegrityError):
        act()
    assert ledger.sequence(at=at) is None


def test_a_leaf_says_the_act_and_hides_its_content(seal):
    [entry] = seal(content={"title": "Marchés du ministère", "rows": 3})
    leaf = json.loads(bytes(entry.leaf))
    assert leaf == {
        "v": 1, "t": "release.published", "s": "registers/procurement", "k": "r1", "d": "2016-03-01T12:00Z",
        "c": commit(bytes(entry.salt), b'{"content":{"rows":3,"title":"March\xc3\xa9s du minist\xc3\xa8re"}}'),
    }  # fmt: skip
    assert entry.content == {"title": "Marchés du ministère", "rows": 3}


def test_an_entry_without_object_has_no_key_in_its_leaf(seal):
    [entry] = seal(key=None)
    assert "k" not in open_leaf(bytes(entry.leaf))


def test_two_same_contents_have_two_commitments(seal):
    [first], [second] = seal(), seal()
    assert first.content == second.content
    assert first.commitment != second.commitment


def test_hidden_content_is_committed_to_under_its_own_salt(seal):
    [entry] = seal(content={"poll": 1}, hidden={"choice": "oui"})
    opening = json.loads(entry.opening)
    assert opening == {"content": {"poll": 1}, "hidden": commit(bytes(entry.hidden_salt), b'{"choice":"oui"}')}
    assert entry.content == {"poll": 1}


def test_secret_acts_of_one_round_do_not_keep_their_order(seal, at):
    seal(40, hidden={"choice": "oui"})
    opened = seal(3)
    ledger.sequence(at=at)
    placed = list(Entry.objects.order_by("position"))
    assert [entry.pk for entry in placed[:3]] == [entry.pk for entry in opened]
    secret = [entry.pk for entry in placed[3:]]
    assert secret != sorted(secret)


@pytest.mark.parametrize(
    "sides", [{"kind": "Published"}, {"stream": "a b"}, {"key": "jean@example.org"}, {"key": "x" * 301}]
)
def test_what_is_not_a_public_identifier_does_not_enter(seal, sides):
    with pytest.raises(NotALeaf):
        seal(**sides)


@pytest.mark.parametrize("content", [{"at": float("nan")}, {"at": timedelta(1)}])
def test_what_is_not_json_is_refused_by_its_name(seal, content):
    with pytest.raises(NotCanonical, match="JSON"):
        seal(content=content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_canonical_json_is_read_back_and_written_the_same(content):
    if "\\ud" not in ascii(content):
        assert canonical(json.loads(canonical(content))) == canonical(content)


@pytest.mark.parametrize("data", [b"", b"{", b'{"v":2}', b'{"v": 1}', b"[1]"])
def test_bytes_that_are_not_a_leaf_are_refused(data):
    with pytest.raises(NotALeaf):
        open_leaf(data)


def test_a_leaf_too_long_for_its_bundle_is_refused(monkeypatch):
    monkeypatch.setattr("parvis.core.ledger.leaves.MAX_LEAF_BYTES", 100)
    with pytest.raises(NotALeaf, match="100 octets"):
        Leaf("a.b", "s", "", "0" * 64, "2016-03-01T12:00Z").encoded()


def test_an_entry_waits_then_has_its_place_and_is_found_by_its_object(seal, at):
    assert [entry.position for entry in seal(3)] == [None] * 3
    assert ledger.head() is None
    assert ledger.sequence(at=at).size == 3
    about = Entry.objects.about(stream="registers/procurement", key="r1")
    assert [entry.position for entry in about] == [0, 1, 2]
    assert not Entry.objects.waiting().exists()


def test_the_published_head_is_signed_and_covers_every_tile(seal, home, at):
    seal(300)
    head = ledger.sequence(at=at)
    verifier = Verifier.from_text((home / "cle").read_text())
    checkpoint = open_checkpoint((home / "checkpoint").read_text(), verifier)
    assert (checkpoint.size, head.size, head.note) == (300, 300, (home / "checkpoint").read_text())
    tile = Tile("entries", 1, 44)
    stored = [bytes(entry.leaf) for entry in Entry.objects.placed(start=256, end=300)]
    assert entries_of((home / tile.path).read_bytes(), tile) == stored


def test_nothing_new_publishes_nothing_new(seal, home, at):
    seal()
    first = ledger.sequence(at=at)
    written = (home / "checkpoint").stat().st_mtime_ns
    assert ledger.sequence(at=at + timedelta(seconds=1)) == first
    assert (home / "checkpoint").stat().st_mtime_ns == written


@pytest.mark.parametrize("counts", [(1, 255, 1), (256, 256), (70, 600, 3), (255, 2)])
def test_rounds_of_any_size_give_a_log_that_verifies(seal, home, at, counts):
    for count in counts:
        seal(count)
        ledger.sequence(at=at)
    audit = verify(str(home))
    assert (audit.size, audit.kinds) == (sum(counts), {"release.published": sum(counts)})
    assert audit.is_key_from_place


def test_a_round_larger_than_memory_allows_is_cut(seal, home, at, monkeypatch):
    monkeypatch.setattr(ledger, "CHUNK", 256)
    seal(900)
    ledger.sequence(at=at)
    assert verify(str(home)).size == 900


def test_a_round_stopped_before_publication_is_taken_up(seal, home, at):
    seal(10)
    head = ledger.sequence(at=at)
    (home / "checkpoint").unlink()
    assert ledger.sequence(at=at) == head
    assert (home / "checkpoint").read_text() == head.note


def test_a_round_stopped_before_signature_writes_the_same_tiles_again(seal, home, at):
    seal(10)
    state = ledger._give_places()  # the instant between two steps
    ledger._extend(state)
    seal(5)
    assert ledger.sequence(at=at).size == 15
    assert verify(str(home)).size == 15


def test_a_published_tile_is_never_changed(seal, home, at):
    seal(300)
    tile = home / "tile" / "entries" / "000"
    tile.parent.mkdir(parents=True)
    tile.write_bytes(b"another log")
    with pytest.raises(TileConflict, match="tile/entries/000"):
        ledger.sequence(at=at)
    assert not (home / "checkpoint").exists()


def flip(path, at=0):
    damaged = bytearray(path.read_bytes())
    damaged[at] ^= 1
    path.write_bytes(bytes(damaged))


def test_nothing_is_signed_over_a_tile_that_the_disk_altered(seal, home, at):
    seal(300)
    before = ledger.sequence(at=at)
    flip(home / "tile" / "1" / "000.p" / "1")
    seal(300)
    with pytest.raises(GrowthRefused, match="rien n'a été signé"):
        ledger.sequence(at=at)
    assert ledger.head() == before


@pytest.mark.parametrize(
    "name", ["tile/entries/000", "tile/entries/001.p/44", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"]
)
def test_one_bit_flipped_between_writing_and_signing_is_caught(tmp_path, name):
    folder = Folder(tmp_path)
    grow(folder, old=0, leaves=[b"leaf %d" % number for number in range(300)])
    assert read_back(folder, old=0, new=300, old_root=EMPTY_ROOT)
    flip(tmp_path / name, at=5)
    with pytest.raises(GrowthRefused, match="altérée"):
        read_back(folder, old=0, new=300, old_root=EMPTY_ROOT)


def test_a_lost_tile_is_named(seal, home, at):
    seal(300)
    ledger.sequence(at=at)
    (home / "tile" / "1" / "000.p" / "1").unlink()
    seal(300)
    with pytest.raises(TileMissing, match=r"tile/1/000\.p/1"):
        ledger.sequence(at=at)


def test_the_signing_key_is_its_owner_s_alone_and_outside_what_is_public(seal, home, at):
    key = ledger.ensure_key()
    path = home.parent / "signing.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (home / "cle").read_text().strip() == str(key.verifier)
    assert ledger.ensure_key() == key


def test_a_known_log_is_not_signed_with_a_new_key(seal, home, at):
    seal()
    ledger.sequence(at=at)
    (home.parent / "signing.key").unlink()
    seal()
    with pytest.raises(ledger.SigningKeyMissing, match="sauvegarde"):
        ledger.sequence(at=at)


def test_what_a_killed_sequencer_left_is_swept_and_nothing_else(seal, home, at):
    for count in (100, 100, 100):
        seal(count)
        ledger.sequence(at=at)
    stray = home / "tile" / "0" / "000.1234.tmp"
    stray.write_bytes(b"half a tile")
    swept = ledger.sweep()
    assert swept == 1 + 2 * 2, (
        "the stray file, and the partial tiles of 100 and 200 entries, at level 0 and in entries"
    )
    assert not stray.exists()
    assert verify(str(home)).size == 300
    seal(300)
    ledger.sequence(at=at)
    assert verify(str(home)).size == 600


def test_one_act_is_erased_once(seal, at):
    [entry] = seal()
    ledger.sequence(at=at)
    tombstone = ledger.erase(entry=entry, because="demande de la personne", at=at)
    assert tombstone.content == {
        "leaf": leaf_hash(bytes(entry.leaf)).hex(), "position": 0, "kind": "release.published",
        "because": "demande de la personne",
    }  # fmt: skip
    with pytest.raises(ledger.AlreadyErased):
        ledger.erase(entry=entry, because="encore", at=at)


def test_the_database_refuses_an_erased_entry_that_keeps_its_content(seal, at):
    [entry] = seal()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(erased_by=entry)


def test_ids_committed_out_of_order_are_not_passed_over(seal, home, at):
    """PostgreSQL commits ids out of order: a lower id may appear after a higher one was given its place."""
    [first] = seal()
    ledger.sequence(at=at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET id = id + 1000 WHERE id = %s", [first.pk])
    late = Entry(pk=first.pk, kind=first.kind, stream="registers/late", leaf=b"{}", opening="{}", salt=b"s")
    late.save(force_insert=True)
    ledger.sequence(at=at)
    assert Entry.objects.get(stream="registers/late").position == 1


def test_a_log_that_shrank_or_changed_is_refused(seal, home, at):
    seal(300)
    kept = ledger.sequence(at=at).note
    seal(300)
    ledger.sequence(at=at)
    assert verify(str(home), since=kept).size == 600
    later = (home / "checkpoint").read_text()
    (home / "checkpoint").write_text(kept)
    with pytest.raises(LogRefused, match="raccourci"):
        verify(str(home), since=later)


def test_a_missing_file_is_named(seal, home, at):
    seal(300)
    ledger.sequence(at=at)
    (home / "tile" / "entries" / "000").unlink()
    with pytest.raises(LogUnreadable, match="tile/entries/000"):
        verify(str(home))


@pytest.mark.parametrize(
    "path",
    ["tile/0/1", "tile/0/x001/067/x002", "tile/64/000", "tile/00/000", "tile/0/000.p/256", "tile/0/000.p/0",
     "tile/0/../000", "tile/0/x000/001", "tile/data/000", "tile/0/000.p/01"],
)  # fmt: skip
def test_an_address_that_the_format_would_not_write_is_refused(path):
    with pytest.raises(NotATile):
        tile_from(path)


@given(st.sampled_from(["entries", 0, 1, 7, 63]), st.integers(0, 10**10), st.integers(1, 256))
def test_an_address_names_one_tile(level, index, width):
    tile = Tile(level, index, width)
    assert tile_from(tile.path) == tile
    assert Tile(0, 1_234_067).path == "tile/0/x001/x234/067"
