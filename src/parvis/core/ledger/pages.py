"""What the pages of the log say, in HTML, JSON and CSV."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from parvis.core.ledger import naming
from parvis.core.ledger.explaining import Step
from parvis.core.web.page import HTML_ONLY

FINGERPRINT = re.compile(r"[0-9a-f]{64}")

Row = Mapping[str, object]


@dataclass(frozen=True)
class EntryLine:
    """An entry in a list."""

    position: int | None
    """Its place in the log; nothing while it waits for one."""
    kind: str
    name: str
    """The act's name in French; its code where it has none."""
    stream: str
    key: str
    hour: str
    """The hour of the act, UTC, as the leaf says it."""
    is_erased: bool
    url: str | None
    about_url: str | None
    """The page of the object, where it has one."""

    @property
    def when(self) -> str:
        return naming.hour(self.hour)

    @property
    def short_key(self) -> str:
        """The key as a list shows it: a fingerprint is cut to what an eye needs."""
        return self.key if FINGERPRINT.fullmatch(self.key) is None else f"{self.key[:12]}…"

    @property
    def row(self) -> Row:
        return {
            "position": self.position, "acte": self.kind, "nom": self.name, "fil": self.stream, "objet": self.key,
            "heure": self.hour, "effacee": self.is_erased, "adresse": self.url,
        }  # fmt: skip


@dataclass(frozen=True)
class HeadPage:
    """The head of the log and its entries, the last first."""

    title: str
    origin: str
    """The log's name, first line of each head."""
    size: int
    root: str | None
    """The root in base64, as the head writes it."""
    issued_at: datetime | None
    checkpoint: str | None
    key: str | None
    """The public key that checks the signature; none before the first publication."""
    waiting: int
    """Acts sealed in the database, not yet published: a second's worth at most, in a healthy log."""
    stream: str | None
    """The stream asked for, if any."""
    entries: tuple[EntryLine, ...]
    older_url: str | None
    newer_url: str | None
    every: Callable[[], Iterable[EntryLine]] = field(metadata=HTML_ONLY)
    """All the entries asked for, in the order of the log: what the CSV streams."""

    def rows(self) -> Iterable[Row]:
        return (line.row for line in self.every())


@dataclass(frozen=True)
class Tombstone:
    """Why an entry was erased, and which entry says so."""

    position: int | None
    because: str
    hour: str
    url: str | None

    @property
    def when(self) -> str:
        return naming.hour(self.hour)


@dataclass(frozen=True)
class Unveiled:
    """A content that the log committed to while it was hidden, and that is public since."""

    opening: str
    """The exact bytes committed to."""
    salt: str
    commitment: str
    """What the entry's own content says of it, under « hidden »."""
    commands: str


@dataclass(frozen=True)
class EntryPage:
    """One entry: its leaf, what its commitment hides while it is kept, and its path to the signed root."""

    title: str
    position: int
    kind: str
    name: str
    stream: str
    key: str
    about_url: str | None
    hour: str
    leaf: str
    leaf_hash: str
    commitment: str
    opening: str | None
    """The exact bytes committed to; nothing once erased."""
    content: object
    salt: str | None
    has_hidden: bool
    """Whether the commitment also holds a content that is not public."""
    unveiled: Unveiled | None
    """What the commitment held in reserve, once it is public."""
    tombstone: Tombstone | None
    erases: int | None
    """The position of the entry that this one erased, when it is a tombstone."""
    size: int
    root: str
    path: tuple[Step, ...]
    checkpoint: str
    issued_at: datetime
    opening_commands: str | None
    path_commands: str
    previous_url: str | None
    next_url: str | None

    @property
    def when(self) -> str:
        return naming.hour(self.hour)

    def rows(self) -> Iterable[Row]:
        """Return the path, one neighbour a line."""
        for step in self.path:
            yield {
                "empreinte": step.sibling, "cote": "gauche" if step.is_left else "droite",
                "premiere_entree": step.start, "derniere_entree": step.end - 1, "empreinte_atteinte": step.reached,
            }  # fmt: skip


@dataclass(frozen=True)
class SincePage:
    """Whether the log prolongs a head that someone kept, and the proof of it."""

    title: str
    old_size: int | None
    old_root: str | None
    """The root that was kept, in base64."""
    size: int
    root: str | None
    path: tuple[str, ...]
    """The consistency proof of RFC 9162, in base64."""
    trouble: str
    """What does not hold, or nothing."""

    def rows(self) -> Iterable[Row]:
        return ({"empreinte": step} for step in self.path)


@dataclass(frozen=True)
class HeadPanel:
    """What the front page says of the log."""

    size: int
    root: str
    issued_at: datetime


@dataclass(frozen=True)
class HowPage:
    """How anyone checks the log with tools that we did not write."""

    title: str
    key: str | None
    address: str
    """The log's public address."""
    size: int
    signature_commands: str

    @property
    def aics_commands(self) -> str:
        return (
            "pip install aics-tlog\n"
            f"aics-tlog verify-checkpoint --tiles {self.address} --log-key '{self.key}'\n"
            f"aics-tlog verify-consistency --tiles {self.address} --log-key '{self.key}' --old-checkpoint MA-COPIE\n"
        )

    @property
    def parvis_commands(self) -> str:
        return f"parvis log verify {self.address} --key '{self.key}'\n"
