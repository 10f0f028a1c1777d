"""Signed notes (C2SP signed-note) with Ed25519, and the checkpoints (C2SP tlog-checkpoint) that they carry."""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from parvis.core.errors import ParvisError

ED25519 = b"\x01"
SIGNATURE = re.compile(r"— (\S+) (\S+)\n")
NAME = re.compile(r"[^\s+]+")
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class KeyRefused(ParvisError):
    """A text that is not a key of the signed-note format."""


class NoteRefused(ParvisError):
    """A note that is not whole, or not signed by the expected key."""


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes that tell which key signed."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except NotBase64 as error:
        raise NoteRefused(f"« {text} » n'est pas du base64.") from error


@dataclass(frozen=True)
class Verifier:
    """The public key of a log: with its name, it checks the signature of a note."""

    name: str
    public: bytes

    @classmethod
    def from_text(cls, text: str) -> "Verifier":
        """Read « name+key id+base64 »; raises KeyRefused."""
        name, _, rest = text.strip().partition("+")
        identifier, _, encoded = rest.partition("+")
        data = _decoded(encoded)
        if NAME.fullmatch(name) is None or data[:1] != ED25519 or len(data) != 33:
            raise KeyRefused(f"« {text.strip()} » n'est pas une clé publique Ed25519 de journal.")
        if key_id(name, data[1:]).hex() != identifier:
            raise KeyRefused(f"La clé « {text.strip()} » est altérée : son identifiant n'est pas le sien.")
        return cls(name, data[1:])

    def __str__(self) -> str:
        return f"{self.name}+{key_id(self.name, self.public).hex()}+{b64encode(ED25519 + self.public).decode()}"

    def open(self, note: str) -> str:
        """Return the text of a note that this key signed; raises NoteRefused. Other keys' lines are left alone."""
        text, separator, tail = note.rpartition("\n\n")
        lines = SIGNATURE.findall(tail)
        if not separator or "".join(f"— {name} {data}\n" for name, data in lines) != tail:
            raise NoteRefused("Ce texte n'est pas une note signée : il y manque des lignes, ou il y en a de trop.")
        ours = [data for name, data in lines if name == self.name]
        signatures = [data[4:] for data in map(_decoded, ours) if data[:4] == key_id(self.name, self.public)]
        if not signatures:
            raise NoteRefused(f"La note n'est pas signée par la clé de {self.name}.")
        for signature in signatures:
            self._check(signature, f"{text}\n")
        return f"{text}\n"

    def _check(self, signature: bytes, text: str) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature as error:
            raise NoteRefused(f"La signature de {self.name} ne correspond pas au texte : il a été changé.") from error


@dataclass(frozen=True)
class Signer:
    """The secret key of a log."""

    name: str
    seed: bytes

    @classmethod
    def generate(cls, name: str) -> "Signer":
        """Draw a new key for the log of this name."""
        if NAME.fullmatch(name) is None:
            raise KeyRefused(f"« {name} » ne peut pas nommer un journal : ni espace, ni signe plus.")
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_text(cls, text: str) -> "Signer":
        """Read the form of Go's sumdb/note, « PRIVATE+KEY+name+key id+base64 »; raises KeyRefused."""
        parts = text.strip().split("+", 4)
        data = _decoded(parts[-1])
        if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"] or data[:1] != ED25519 or len(data) != 33:
            raise KeyRefused("Le fichier de la clé de signature du journal n'est pas une clé Ed25519.")
        return cls(parts[2], data[1:])

    def __str__(self) -> str:
        return f"PRIVATE+KEY+{self.name}+{self._id.hex()}+{b64encode(ED25519 + self.seed).decode()}"

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def _id(self) -> bytes:
        return key_id(self.name, self.verifier.public)

    def sign(self, text: str) -> str:
        """Return the note: the text, a blank line, our signature."""
        signature = b64encode(self._id + self._private.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: whose it is, how many entries it has, and the root that fixes them all."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def from_text(cls, text: str) -> "Checkpoint":
        """Read a note's text; raises NoteRefused. Extension lines are allowed, and ignored."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or SIZE.fullmatch(lines[1]) is None or lines[-1]:
            raise NoteRefused("Ce texte n'est pas une tête de journal : origine, taille, racine, une par ligne.")
        root = _decoded(lines[2])
        if len(root) != 32:
            raise NoteRefused("La racine d'une tête de journal fait 32 octets.")
        return cls(lines[0], int(lines[1]), root)

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def open_checkpoint(note: str, verifier: Verifier) -> Checkpoint:
    """Return the head that a signed note carries, when the log itself signed it; raises NoteRefused."""
    checkpoint = Checkpoint.from_text(verifier.open(note))
    if checkpoint.origin != verifier.name:
        raise NoteRefused(f"La tête est celle de {checkpoint.origin}, la clé celle de {verifier.name}.")
    return checkpoint
