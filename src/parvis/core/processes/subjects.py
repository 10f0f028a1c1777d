"""What a process may be about, said without knowing texts: a room that knows both gives the door.

The nouns do not know each other. A process names its subject by a stream (« textes/loi-numerique ») and a version; the
room registers here, from `AppConfig.ready()`, a function that opens such a name:

    subjects.DOORS["textes"] = opened
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from parvis.core.errors import ParvisError


class UnknownSubject(ParvisError):
    """A process is about something that no room opens."""


@dataclass(frozen=True)
class SubjectUnit:
    """A unit that contributions may bear on, as its version has it."""

    uid: str
    number: str  # « Article 2 »
    heading: str
    words: str
    url: str


class Subject(Protocol):
    """What a debate is about, at one version."""

    @property
    def title(self) -> str: ...

    @property
    def url(self) -> str: ...

    @property
    def version(self) -> str:
        """The slug of the version shown to debate."""

    @property
    def current(self) -> str:
        """The slug of the newest version: where it differs, what is written on `version` may be stale."""

    def units(self) -> Sequence[SubjectUnit]:
        """Return the units in the order of the text."""

    def outline(self) -> Sequence[SubjectUnit]:
        """Return the same, their words left out: what a list of the units costs little to show."""

    def unit(self, uid: str) -> SubjectUnit | None: ...


DOORS: dict[str, Callable[[str, str], Subject | None]] = {}
"""By the first word of the stream: a function of the rest of the name and of the version ('' for the newest)."""


def opened(name: str, version: str) -> Subject | None:
    """Return the subject of that name, None for a process about nothing but itself. Raises UnknownSubject."""
    if not name:
        return None
    scheme, _, rest = name.partition("/")
    subject = DOORS[scheme](rest, version) if scheme in DOORS else None
    if subject is None:
        raise UnknownSubject(
            f"Ce débat porte sur « {name} », qui n'est pas sur ce site. Chargez ce texte, ou corrigez le débat."
        )
    return subject
