"""The leaves of the public log: salted commitments in canonical JSON, without personal data.

A leaf says what kind of act it seals, in which stream, for which public object, in which hour, and a commitment to
the content. It can be kept for ever: once content and salt are destroyed, the commitment says nothing.
"""

import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from parvis.core.errors import ParvisError

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

SALT_BYTES = 32
FIELDS = {"v", "t", "s", "k", "c", "d"}
"""Version, type (kind of act), stream, key (left out when there is none), commitment, date (hour)."""

MAX_LEAF_BYTES = 65_535
"""C2SP tlog-tiles: an entry's length is written on two bytes."""

KIND = re.compile(r"[a-z][a-z_]*\.[a-z_]+")
NAME = re.compile(r"[^\s@\x00-\x1f]{1,300}")
"""Streams and keys are public identifiers: an at sign would be an e-mail address."""


class NotCanonical(ParvisError):
    """A content cannot be written as JSON in one way only."""


class NotALeaf(ParvisError):
    """A kind, a stream, a key or bytes that cannot stand in the public log."""


@dataclass(frozen=True)
class Leaf:
    """What the whole world may keep about one public act."""

    kind: str
    stream: str
    key: str
    commitment: str
    hour: str

    def encoded(self) -> bytes:
        """Return the bytes that are hashed into the tree; an empty key is left out.

        Raises NotALeaf for a name that is not a public identifier, or a leaf too long for its bundle.
        """
        self._check()
        fields: dict[str, Json] = {
            "v": 1, "t": self.kind, "s": self.stream, **({"k": self.key} if self.key else {}),
            "c": self.commitment, "d": self.hour,
        }  # fmt: skip
        leaf = canonical(fields)
        if len(leaf) > MAX_LEAF_BYTES:
            raise NotALeaf(f"Une feuille du journal tient en {MAX_LEAF_BYTES} octets ; celle-ci en a {len(leaf)}.")
        return leaf

    def _check(self) -> None:
        if KIND.fullmatch(self.kind) is None:
            raise NotALeaf(f"« {self.kind} » n'est pas un genre d'acte : écrivez « chose.acte », en minuscules.")
        for name in (self.stream, self.key or "-"):
            if NAME.fullmatch(name) is None:
                raise NotALeaf(
                    f"« {name} » ne peut pas entrer dans le journal public : un identifiant public n'a ni espace, "
                    "ni arobase, et 300 caractères au plus."
                )


def canonical(content: Json) -> bytes:
    """Write JSON in one way: sorted keys, no space, UTF-8, no NaN.

    Raises NotCanonical, naming the value, when it is not JSON (a date, a Decimal) or not a number.
    """
    try:
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise NotCanonical(
            f"Ce contenu ne s'écrit pas en JSON d'une seule manière ({error}) : donnez des textes, des nombres finis, "
            "des listes et des objets."
        ) from error
    return text.encode()


def commit(salt: bytes, opening: bytes) -> str:
    """Commit to bytes: HMAC-SHA256 under a random salt, in hexadecimal. Nobody can guess what is behind it."""
    return hmac.digest(salt, opening, "sha256").hex()


def hour_of(at: datetime) -> str:
    """Round an instant down to its hour, in UTC: a finer time could tell who acted."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:00Z}"


def open_leaf(leaf: bytes) -> dict[str, Json]:
    """Read a leaf's bytes; raises NotALeaf when they are not those of a leaf of version 1."""
    try:
        fields = json.loads(leaf)
    except ValueError as error:
        raise NotALeaf("Ces octets ne sont pas une feuille du journal : ce n'est pas du JSON.") from error
    if not isinstance(fields, dict) or {*fields, "k"} != FIELDS or fields["v"] != 1 or canonical(fields) != leaf:
        raise NotALeaf("Ces octets ne sont pas une feuille du journal de version 1, écrite sous forme canonique.")
    return fields
