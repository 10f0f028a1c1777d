"""LOG-2: tools that we did not write accept the log, and refuse each of twenty ways to falsify it."""

import json
import shutil
import subprocess

import pytest

from parvis.core.errors import ParvisError
from parvis.core.ledger.growing import Folder
from parvis.core.ledger.notes import Checkpoint, Signer, Verifier, open_checkpoint
from parvis.core.ledger.receipts import Receipt
from parvis.core.ledger.tiles import ENTRIES, Tile, bundle, entries_of, nodes
from parvis.core.ledger.trees import inclusion_path
from parvis.core.ledger.verifying import verify

# What is judged is files; on PostgreSQL, the browser's story has its receipt judged by the same tools.
pytestmark = [pytest.mark.foreign, pytest.mark.django_db, pytest.mark.once]

SIZE = 70_000
LAST = Tile(ENTRIES, 273, 112)


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def go(judges, public, home):
    return run(judges / "verify-log", "log", public, home / "key", home / "old-checkpoint")


def test_the_go_program_accepts_the_log(judges, published):
    judged = go(judges, published / "log" / "public", published)
    assert judged.returncode == 0, judged.stderr
    assert judged.stdout.startswith(f"ACCEPTED {SIZE} entries, 277 tiles")


def test_our_own_verifier_agrees(published):
    audit = verify(str(published / "log" / "public"), key=(published / "key").read_text())
    assert (audit.size, audit.kinds["entry.erased"]) == (SIZE, 3)


def aics(judges, word, published, *options):
    source = ("--tiles", published / "log" / "public", "--vkey-file", published / "key")
    judged = run(judges / "aics-tlog", word, *source, *options)
    return json.loads(judged.stdout)


def test_aics_tlog_accepts_the_head(judges, published):
    assert aics(judges, "verify-checkpoint", published)["ok"]


@pytest.mark.parametrize("index", [0, 255, 256, 65_535, 65_536, 69_999])
def test_aics_tlog_accepts_an_entry(judges, published, index, tmp_path):
    folder = Folder(published / "log" / "public")
    tile = Tile(ENTRIES, index // 256) if index < LAST.start else LAST
    (tmp_path / "leaf").write_bytes(entries_of(folder.read(tile), tile)[index % 256])
    assert aics(judges, "verify-inclusion", published, "--leaf", tmp_path / "leaf", "--index", index)["ok"]
    refused = aics(judges, "verify-inclusion", published, "--leaf", tmp_path / "leaf", "--index", (index + 1) % SIZE)
    assert not refused["ok"]


def test_aics_tlog_accepts_that_the_log_only_grew(judges, published):
    assert aics(judges, "verify-consistency", published, "--old-checkpoint", published / "old-checkpoint")["ok"]


@pytest.mark.parametrize("index", [0, 69_999])
def test_the_go_program_accepts_a_receipt_and_refuses_another_leaf(judges, published, index, tmp_path):
    folder = Folder(published / "log" / "public")
    path = inclusion_path(index, SIZE, nodes(folder.read, SIZE))
    (tmp_path / "proof").write_text(str(Receipt(index, path, (folder.path / "checkpoint").read_text())))
    tile = Tile(ENTRIES, 0) if index == 0 else LAST
    (tmp_path / "leaf").write_bytes(entries_of(folder.read(tile), tile)[index % 256])
    (tmp_path / "other").write_bytes(b"another")
    accepted, refused = (
        run(judges / "verify-log", "receipt", tmp_path / "proof", tmp_path / leaf, published / "key")
        for leaf in ("leaf", "other")
    )
    assert accepted.stdout == f"ACCEPTED entry {index} of {SIZE}\n"
    assert refused.returncode == 1


class Forger:
    """Someone who can write every public file; and, for the worst of it, sign."""

    def __init__(self, home, public):
        self.folder, self.public = Folder(public), public
        self.signer = Signer.from_text((home / "log" / "signing.key").read_text())
        self.old = (home / "old-checkpoint").read_text()
        self.note = (public / "checkpoint").read_text()
        self.head = open_checkpoint(self.note, Verifier.from_text((home / "key").read_text()))

    def flip(self, name, place):
        path = self.public / name
        data = bytearray(path.read_bytes())
        data[place] ^= 1
        path.write_bytes(bytes(data))

    def rewrite(self, tile, change):
        entries = entries_of(self.folder.read(tile), tile)
        (self.public / tile.path).write_bytes(bundle(change(entries)))

    def swap(self, one, other):
        first, second = self.public / one, self.public / other
        data = first.read_bytes()
        first.write_bytes(second.read_bytes())
        second.write_bytes(data)

    def cut(self, name, end):
        (self.public / name).write_bytes((self.public / name).read_bytes()[:end])

    def publish(self, note):
        (self.public / "checkpoint").write_text(note)

    def sign(self, size, root=None, origin=None):
        self.publish(self.signer.sign(Checkpoint(origin or self.head.origin, size, root or self.head.root).text))


def changed(place, entry=b'{"v":1}'):
    return lambda entries: [*entries[:place], entry, *entries[place + 1 :]]


MUTATIONS = {
    "a bit of the first entry": lambda log: log.flip("tile/entries/000", 10),
    "a bit of the last entry": lambda log: log.flip(LAST.path, -1),
    "a length in a bundle": lambda log: log.flip("tile/entries/100", 1),
    "an entry rewritten": lambda log: log.rewrite(Tile(ENTRIES, 7), changed(3)),
    "two entries exchanged": lambda log: log.rewrite(Tile(ENTRIES, 7), lambda rows: [rows[1], rows[0], *rows[2:]]),
    "an entry taken away": lambda log: log.rewrite(Tile(ENTRIES, 7), lambda rows: rows[:-1]),
    "an entry added": lambda log: log.rewrite(LAST, lambda rows: [*rows, b"more"]),
    "the last entry emptied": lambda log: log.rewrite(LAST, changed(111, b"")),
    "two bundles exchanged": lambda log: log.swap("tile/entries/001", "tile/entries/002"),
    "a bundle cut": lambda log: log.cut("tile/entries/050", 1000),
    "a bundle missing": lambda log: (log.public / "tile/entries/272").unlink(),
    "a bit of a leaf hash": lambda log: log.flip("tile/0/000", 40),
    "a bit of a partial tile": lambda log: log.flip("tile/0/273.p/112", 0),
    "a bit of level 1": lambda log: log.flip("tile/1/000", 8191),
    "a bit of level 2": lambda log: log.flip("tile/2/000.p/1", 0),
    "two tiles exchanged": lambda log: log.swap("tile/0/010", "tile/0/011"),
    "a tile missing": lambda log: (log.public / "tile/1/001.p/17").unlink(),
    "a size changed in the head": lambda log: log.publish(log.note.replace("\n70000\n", "\n69999\n")),
    "a bit of the signature": lambda log: log.publish(
        log.note[:-6] + ("A" if log.note[-6] != "A" else "B") + log.note[-5:]
    ),
    "the head signed by another key": lambda log: log.publish(Signer.generate(log.head.origin).sign(log.head.text)),
    "the head of another log": lambda log: log.sign(SIZE, origin="autre.example/journal"),
    "an old head, truly signed": lambda log: log.sign(29_999),
    "another root, truly signed": lambda log: log.sign(SIZE, root=bytes(32)),
    "a log that shrank": lambda log: log.sign(256, root=nodes(log.folder.read, SIZE)(8, 0)),
}


@pytest.fixture
def forger(published, tmp_path):
    public = tmp_path / "public"
    shutil.copytree(published / "log" / "public", public)
    return Forger(published, public)


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)
def test_a_falsified_log_is_refused_by_the_go_program_and_by_ours(judges, published, forger, mutation):
    mutation(forger)
    judged = go(judges, forger.public, published)
    assert judged.returncode == 1
    assert judged.stderr.startswith("REFUSED:")
    with pytest.raises(ParvisError):
        verify(str(forger.public), key=(published / "key").read_text(), since=forger.old)
