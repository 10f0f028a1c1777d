"""Read a debate out, and freeze its export: files with their hashes, made again when something has changed."""

import fcntl
import hashlib
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import Case, Count, F, Max, QuerySet, Sum, TextField, Value, When
from django.db.models.functions import Cast

from parvis.core.actors.models import Actor
from parvis.core.processes.exporting.formats import FORMATS, Row, schema
from parvis.core.processes.models import Contribution, Edition, Process

AN_HOUR = timedelta(hours=1)
BLOCK = 1_000  # rows held at once
COUNTED_HERE = "Parvis"
MANIFEST = "manifest.json"
VOICES = ("supports", "votes_for", "votes_mixed", "votes_against")
PUBLISHED = When(contribution__state=Contribution.State.PUBLISHED, then=Cast("fields", TextField()))


def blocks(process: Process) -> Iterator[list[Row]]:
    """Yield a debate's contributions in the order of their numbers, some thousands at a time, from the tables.

    What was withdrawn or hidden keeps its number and its dates, and says nothing any more. No author is given. What an
    archive's source does not date leaves without a date.
    """
    rows = _rows(process).iterator(chunk_size=BLOCK)
    while block := list(islice(rows, BLOCK)):
        yield [(f"{process.slug}/{row[0]}", *row) for row in block]


def _rows(process: Process) -> QuerySet:
    last = Edition.objects.filter(contribution__process=process, number=F("contribution__edition"))
    columns = (
        "number",
        "kind",
        "unit",
        "unit_version",
        "parent__number",
        "side",
        "title",
        "received_at",
        "changed_at",
        "edition",
        "state",
        "fate",
        "owner__slug",
        "due_at",
        "answered_at",
        "supports",
        "votes_for",
        "votes_mixed",
        "votes_against",
        "replies",
    )
    said = Case(PUBLISHED, default=Value("{}"), output_field=TextField())
    named = [f"contribution__{column}" for column in columns]
    return last.annotate(said=said).order_by("contribution__number").values_list(*named, "said")


@dataclass(frozen=True)
class Frozen:
    """An export as it was frozen: its folder, and what its manifest says."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def parquet(self) -> Path:
        return self.folder / "contributions.parquet"

    @property
    def made_at(self) -> datetime:
        """When it was frozen."""
        return datetime.fromisoformat(self.manifest["made_at"])

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each of its files."""
        return {one["name"]: one["sha256"] for one in self.manifest["files"]}


def state_of(process: Process) -> str:
    """Return what an export of the debate is named after: it changes whenever a row of it does.

    Counts tell what instants hide: a second date set below the highest, an answer corrected or given anew after a
    contest, a voice that changed sides.
    """
    found = Contribution.objects.filter(process=process).aggregate(
        changed=Max("changed_at"), dated=Count("due_at"), **{name: Sum(name) for name in VOICES}
    )
    written = process.answers.aggregate(Sum("version"))
    return hashlib.sha256(orjson.dumps([process.received, found, written, withheld(process)])).hexdigest()[:16]


def exports_of(slug: str) -> Path:
    """Return where the exports of a debate are kept."""
    return Path(settings.PARVIS_HOME) / "exports" / slug


def withheld(process: Process) -> str:
    """Return what changes whenever a contribution is withdrawn, hidden or shown again."""
    gone = Contribution.objects.filter(process=process).exclude(state=Contribution.State.PUBLISHED)
    found = gone.aggregate(count=Count("pk"), last=Max("changed_at"))
    return f"{found['count']} {found['last']}"


def last_frozen(process: Process) -> Frozen | None:
    """Return the last export frozen, though votes came since; not one that holds words withdrawn or hidden since."""
    with suppress(FileNotFoundError):  # another has just taken its place
        found = sorted(exports_of(process.slug).glob(f"*/{MANIFEST}"), key=lambda path: path.stat().st_mtime)
        frozen = _read(found[-1].parent) if found else None
        return frozen if frozen and frozen.manifest.get("withheld") == withheld(process) else None
    return None


def _read(folder: Path) -> Frozen:
    return Frozen(folder, orjson.loads((folder / MANIFEST).read_bytes()))


def freeze(*, process: Process, at: datetime) -> Frozen:
    """Write the export of a debate as it is now, whole or not at all, and take away the former one.

    The former one may hold words withdrawn since: it is not kept. The same state gives the export there is.
    """
    home = exports_of(process.slug)
    with _alone(home):
        folder = home / state_of(process)
        if not (folder / MANIFEST).exists():
            making = home / f".making-{secrets.token_hex(8)}"
            making.mkdir(parents=True)
            try:
                _write(process, making, at=at)
                making.replace(folder)
            finally:
                shutil.rmtree(making, ignore_errors=True)
        for older in home.iterdir():
            if older.is_dir() and older != folder:
                shutil.rmtree(older)
    return _read(folder)


def freeze_all(*, at: datetime) -> int:
    """Freeze the export of the published debates whose rows have changed; return how many.

    A busy debate is frozen once an hour, at once where words of its last export were withdrawn.
    """
    changed = [one for one in Process.objects.published().order_by("slug") if _is_due(one, at)]
    return len([freeze(process=one, at=at) for one in changed])


def _is_due(process: Process, at: datetime) -> bool:
    if _is_frozen(process):
        return False
    last = last_frozen(process)
    return last is None or not timedelta(0) <= at - last.made_at < AN_HOUR


def forget_words(*, actor: Actor, at: datetime) -> None:  # noqa: ARG001 -- called as every eraser is
    """Take away the frozen exports that hold a person's words, once their erasure is written; they are made anew."""
    debates = Process.objects.filter(contributions__author=actor).distinct().values_list("slug", flat=True)
    for slug in list(debates):
        transaction.on_commit(partial(_thaw, exports_of(slug)))


def _thaw(home: Path) -> None:
    with _alone(home):
        for folder in home.iterdir():
            if folder.is_dir():
                shutil.rmtree(folder)


def _is_frozen(process: Process) -> bool:
    return (exports_of(process.slug) / state_of(process) / MANIFEST).exists()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(process: Process, folder: Path, *, at: datetime) -> None:
    counted_by = process.source if process.is_archive else COUNTED_HERE
    licence = process.licence or "Licence Ouverte 2.0"
    described = orjson.dumps(schema(licence, counted_by), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    (folder / "schema.json").write_bytes(described)
    gone = withheld(process)  # before the rows: what goes meanwhile shows
    files = [_write_one(process, folder, slug) for slug in FORMATS]
    manifest = {
        "debate": process.slug,
        "title": process.title,
        "licence": licence,
        "votes_counted_by": counted_by,
        "fictitious": process.is_fictitious,
        "made_at": at.isoformat(),
        "withheld": gone,
        "files": files,
    }
    (folder / MANIFEST).write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def _write_one(process: Process, folder: Path, slug: str) -> dict[str, Any]:
    path, digest, rows = folder / f"contributions.{slug}", hashlib.sha256(), 0

    def counted() -> Iterator[list[Row]]:
        nonlocal rows
        for block in blocks(process):
            rows += len(block)
            yield block

    with path.open("wb") as file:
        for piece in FORMATS[slug].stream(counted()):
            file.write(piece)
            digest.update(piece)
    return {
        "name": path.name,
        "format": FORMATS[slug].title,
        "rows": rows,
        "size": path.stat().st_size,
        "sha256": digest.hexdigest(),
    }
