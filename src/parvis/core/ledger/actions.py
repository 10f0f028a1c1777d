"""The acts of the public log: seal, give a place and publish, erase."""

import fcntl
import os
import secrets
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from django.db import OperationalError, connection, transaction

from parvis.core.errors import ParvisError
from parvis.core.ledger import naming
from parvis.core.ledger.erasing import ERASERS
from parvis.core.ledger.growing import Folder, grow, read_back
from parvis.core.ledger.leaves import SALT_BYTES, Json, Leaf, canonical, commit, hour_of
from parvis.core.ledger.models import Entry, LogState
from parvis.core.ledger.notes import Checkpoint, Signer
from parvis.core.ledger.tiles import WIDTH
from parvis.core.ledger.trees import EMPTY_ROOT, leaf_hash

ADVISORY_LOCK = 6962
"""The number of the PostgreSQL lock that one sequencer holds at a time, whatever the host."""

CHUNK = 100 * WIDTH
"""Leaves read into memory at once: the first load of a register may seal a million acts."""

ERASED = "entry.erased"

GAP = 0.0002
"""Seconds between two tries for SQLite's write lock: writers that follow one another leave about that much."""


class LogOutsideTransaction(ParvisError):
    """An act would be sealed apart from its own transaction, and could then exist without its entry."""


class SigningKeyMissing(ParvisError):
    """The database knows a published log, and the key that signed it is not there."""


class AlreadyErased(ParvisError):
    """An erased entry has nothing left to erase."""


class NoSuchEntry(ParvisError):
    """No entry of the log has this place."""


class NoReasonToErase(ParvisError):
    """An entry would be erased without saying why."""


class HoldsNoWords(ParvisError):
    """An entry would be erased that holds nobody's words."""


@dataclass(frozen=True)
class Head:
    """The last published checkpoint: so many entries, and the root (base64) that fixes them all."""

    size: int
    root: str
    issued_at: datetime
    note: str


def home() -> Path:
    """Return where the log keeps its key and its lock; what it publishes is in its folder « public »."""
    return Path(settings.PARVIS_HOME) / "log"


def folder() -> Folder:
    """Return the public folder: checkpoint, key and tiles, ready to be copied or served as they are."""
    return Folder(home() / "public")


@dataclass(frozen=True)
class Act:
    """A public act to seal. `content` is shown beside the commitment; `hidden` is committed to and never shown."""

    kind: str
    stream: str
    content: Mapping[str, Json]
    key: str = ""
    hidden: Mapping[str, Json] | None = None


def append(
    *,
    kind: str,
    stream: str,
    content: Mapping[str, Json],
    at: datetime,
    key: str | None = None,
    hidden: Mapping[str, Json] | None = None,
) -> Entry:
    """Seal a public act in the log, inside the act's own transaction: both exist, or neither.

    `content` is shown beside the commitment; `hidden` is committed to under a salt of its own that is never shown.
    Raises LogOutsideTransaction when no transaction is open.
    """
    return append_all(acts=[Act(kind, stream, content, key or "", hidden)], at=at)[0]


def append_all(*, acts: Sequence[Act], at: datetime) -> list[Entry]:
    """Seal acts that one transaction does, in their order, by one INSERT. Raises LogOutsideTransaction."""
    if not connection.in_atomic_block:
        raise LogOutsideTransaction(
            f"« {acts[0].kind} » doit être scellé dans la transaction de l'acte : ouvrez transaction.atomic autour."
        )
    if connection.vendor == "sqlite" and not any(
        after is _let_the_sequencer_pass for _, after, _ in connection.run_on_commit[-1:]
    ):
        transaction.on_commit(_let_the_sequencer_pass)
    return Entry.objects.bulk_create([_sealed(act, at) for act in acts])


def _sealed(act: Act, at: datetime) -> Entry:
    reserved = {} if not act.hidden else _reserved(act.hidden)
    opening = canonical({"content": act.content, **({"hidden": _commitment(reserved)} if reserved else {})})
    salt = secrets.token_bytes(SALT_BYTES)
    leaf = Leaf(kind=act.kind, stream=act.stream, key=act.key, commitment=commit(salt, opening), hour=hour_of(at))
    return Entry(
        kind=act.kind, stream=act.stream, key=act.key, leaf=leaf.encoded(), opening=opening.decode(), salt=salt,
        **reserved,
    )  # fmt: skip


def _reserved(hidden: Mapping[str, Json]) -> dict[str, object]:
    return {
        "hidden": canonical(hidden).decode(),
        "hidden_salt": secrets.token_bytes(SALT_BYTES),
        "turn": 1 + secrets.randbits(62),
    }


def _commitment(reserved: Mapping[str, object]) -> str:
    return commit(reserved["hidden_salt"], reserved["hidden"].encode())


def head() -> Head | None:
    """Return the last published head of the log, or None before the first."""
    state = LogState.objects.exclude(root=None).first()
    if state is None:
        return None
    return Head(state.published_size, b64encode(state.root).decode(), state.issued_at, state.checkpoint)


def sequence(*, at: datetime) -> Head | None:
    """Give waiting entries their place, write the tiles, publish the head. Return it, or None in an empty log.

    Each step is durable before the next, so that a killed sequencer is taken up where it was: the places are
    committed, then the tiles that they fix are written, then the head is signed and committed, then it is published.
    One sequencer works at a time; another waits. Call it once a second at most: a round is what hides the order of
    secret acts.
    """
    with _alone():
        state = _soon(_give_places)
        if state.size > state.published_size:
            root = _extend(state)
            state = _soon(lambda: _sign(state, root, at=at))
        _publish(state)
    return head()


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock of the folder (released by the system when the process dies) and that of the database."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / "lock").open("w") as lock, connection.cursor() as cursor:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        try:
            yield
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _soon(write: Callable[[], LogState]) -> LogState:
    """Write before SQLite's other writers write again.

    SQLite has no queue, and its own way of waiting sleeps up to 100 ms between two tries: under steady writing, the
    log would wait for seconds. So whoever has sealed an act lets the sequencer pass before another transaction.
    BEGIN IMMEDIATE takes the lock before the first statement: a try that fails did nothing.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return write()
    with (home() / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return _insist(write)


def _insist(write: Callable[[], LogState]) -> LogState:
    patience = connection.settings_dict["OPTIONS"]["timeout"]
    give_up = monotonic() + patience
    _busy_timeout(0)
    try:
        while True:
            try:
                return write()
            except OperationalError as error:
                if "locked" not in str(error) or monotonic() > give_up:
                    raise
            sleep(GAP)
    finally:
        _busy_timeout(patience * 1000)


def _let_the_sequencer_pass() -> None:
    """Wait, between two transactions, for the sequencer that asks for its turn; it takes it for a few milliseconds."""
    turn = home() / "turn"
    if turn.exists():
        with turn.open() as asked:
            fcntl.flock(asked, fcntl.LOCK_SH)


def _busy_timeout(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")


PLACE = "UPDATE ledger_entry SET position = %s WHERE id = %s"
"""Exactly the rows that were read, one by one. Never « id <= the last seen »: PostgreSQL commits ids out of order,
and an entry committed meanwhile would be passed over for ever. Nor one UPDATE that joins the table to its own waiting
rows: PostgreSQL, without statistics on a fresh table, compared 30,000 rows with 30,000 for more than eight minutes.
"""


@transaction.atomic
def _give_places() -> LogState:
    state, _ = LogState.objects.select_for_update(of=("self",)).get_or_create(pk=1)
    waiting = Entry.objects.waiting().order_by("turn", "pk").values_list("pk", flat=True)
    placed = list(enumerate(waiting, start=state.size))
    if placed:
        with connection.cursor() as cursor:
            cursor.executemany(PLACE, placed)
        state.size += len(placed)
        state.save(update_fields=["size"])
    return state


def _extend(state: LogState) -> bytes:
    """Write the tiles of the entries that have a place and are not published yet; return the root read back."""
    public, reached = folder(), state.published_size
    while reached < state.size:
        first, end = reached - reached % WIDTH, min(state.size, reached - reached % WIDTH + CHUNK)
        leaves = Entry.objects.placed(start=first, end=end).values_list("leaf", flat=True)
        reached = grow(public, old=reached, leaves=[bytes(leaf) for leaf in leaves])
    old_root = EMPTY_ROOT if state.root is None else bytes(state.root)
    return read_back(public, old=state.published_size, new=state.size, old_root=old_root)


@transaction.atomic
def _sign(state: LogState, root: bytes, *, at: datetime) -> LogState:
    signer = ensure_key()
    state.checkpoint = signer.sign(Checkpoint(signer.name, state.size, root).text)
    state.root, state.published_size, state.issued_at = root, state.size, at
    state.save()
    return state


def _publish(state: LogState) -> None:
    """Publish the head last: whoever sees it must be able to fetch every tile that it covers."""
    published = folder().path / "checkpoint"
    if state.checkpoint and not (published.exists() and published.read_text() == state.checkpoint):
        folder().write("checkpoint", state.checkpoint.encode())


def ensure_key() -> Signer:
    """Return the key that signs the log, made on first use: file 0600 outside the database and the public folder.

    Raises SigningKeyMissing rather than sign a known log with a new key, which readers would rightly refuse.
    """
    path = home() / "signing.key"
    if not path.exists():
        _make_key(path)
    signer = Signer.from_text(path.read_text())
    if not (folder().path / "cle").exists():
        folder().write("cle", f"{signer.verifier}\n".encode())
    return signer


def public_key() -> str | None:
    """Return the log's public key as it is published; None before the first publication. The site needs no other."""
    path = folder().path / "cle"
    return path.read_text().strip() if path.exists() else None


def _make_key(path: Path) -> None:
    if LogState.objects.exclude(root=None).exists():
        raise SigningKeyMissing(
            f"La clé de signature du journal n'est pas dans {path}. Rendez-la depuis sa sauvegarde : un journal signé "
            "par une autre clé serait refusé par tous ceux qui le vérifient."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{Signer.generate(settings.PARVIS_LOG_ORIGIN)}\n")
        file.flush()
        os.fsync(file.fileno())


@transaction.atomic
def erase_words(*, position: int, because: str, at: datetime) -> Sequence[str]:
    """Destroy the words that an entry seals, wherever they are kept: in the tables of its app, then in the log.

    Return where copies stand that this cannot reach. Raises NoSuchEntry, NoReasonToErase, HoldsNoWords, AlreadyErased.
    """
    entry = Entry.objects.filter(position=position).first()
    if entry is None:
        raise NoSuchEntry(f"Le journal n'a pas d'entrée n° {position} : rien n'a été effacé.")
    if not because.strip():
        raise NoReasonToErase("Dites pourquoi (--because) : le motif est public, et scellé. Rien n'a été effacé.")
    if entry.kind not in ERASERS:
        raise HoldsNoWords(
            f"« {naming.name(entry.kind)} » ne tient les mots de personne : rien n'a été effacé. "
            f"S'effacent : {', '.join(sorted(map(naming.name, ERASERS)))}."
        )
    if entry.is_erased:
        raise AlreadyErased(f"Cette entrée est déjà effacée : voyez l'entrée {entry.erased_by.position} du journal.")
    forget()
    copies = ERASERS[entry.kind](entry=entry, because=because.strip(), at=at)
    if not Entry.objects.filter(pk=entry.pk).exclude(erased_by=None).exists():  # the eraser may have erased it too
        erase(entry=entry, because=because.strip(), at=at)
    return copies


@transaction.atomic
def erase(*, entry: Entry, because: str, at: datetime) -> Entry:
    """Destroy what an entry commits to, content and salts, and seal why in a public tombstone. Return the tombstone.

    The leaf stays: the tree and every proof hold as before, and the commitment, without its salt, says nothing.
    Raises AlreadyErased.
    """
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if entry.is_erased:
        raise AlreadyErased(f"Cette entrée est déjà effacée : voyez l'entrée {entry.erased_by.position} du journal.")
    erased = {"leaf": leaf_hash(bytes(entry.leaf)).hex(), "position": entry.position, "kind": entry.kind}
    tombstone = append(kind=ERASED, stream=entry.stream, key=entry.key, content={**erased, "because": because}, at=at)
    forget()
    entry.opening = entry.salt = entry.hidden = entry.hidden_salt = None
    entry.erased_by = tombstone
    entry.save()
    return tombstone


def forget() -> None:
    """Have SQLite write zeros over what this transaction deletes; PostgreSQL's VACUUM does it in its time."""
    transaction.on_commit(_forget_the_journal)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _forget_the_journal() -> None:
    """Empty SQLite's write-ahead journal, where the erased page may still be read."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def sweep() -> int:
    """Remove what a killed sequencer left in the public folder, and partial tiles that a full one replaced."""
    transaction.on_commit(_forget_the_journal)
    with _alone():
        return folder().sweep()
