"""Receipts (C2SP tlog-proof): one text file that proves, offline and for ever, that an entry is in the log."""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from parvis.core.errors import ParvisError
from parvis.core.ledger.notes import Checkpoint, Verifier, open_checkpoint
from parvis.core.ledger.trees import ProofRefused, leaf_hash, root_from_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
HASH = re.compile(r"[A-Za-z0-9+/]{43}=")


class NotAReceipt(ParvisError):
    """A text that is not a tlog-proof."""


@dataclass(frozen=True)
class Receipt:
    """The place of an entry, its path up to the root, and the signed head that holds this root."""

    index: int
    path: Sequence[bytes]
    note: str

    @classmethod
    def from_text(cls, text: str) -> "Receipt":
        """Read a .tlog-proof file; raises NotAReceipt. The optional extra line is not authenticated, and ignored."""
        head, separator, note = text.partition("\n\n")
        lines = [line for line in head.split("\n") if not line.startswith("extra ")]
        if not separator or lines[0] != HEADER or INDEX.fullmatch(lines[1]) is None:
            raise NotAReceipt(f"Ce fichier n'est pas un reçu du journal : il commence par « {HEADER} » et l'index.")
        if not all(HASH.fullmatch(line) for line in lines[2:]):
            raise NotAReceipt("Ce reçu du journal est altéré : chaque ligne de la preuve est une empreinte en base64.")
        return cls(int(lines[1].removeprefix("index ")), [b64decode(line) for line in lines[2:]], note)

    def __str__(self) -> str:
        hashes = "".join(f"{b64encode(step).decode()}\n" for step in self.path)
        return f"{HEADER}\nindex {self.index}\n{hashes}\n{self.note}"

    def check(self, leaf: bytes, verifier: Verifier) -> Checkpoint:
        """Return the signed head that contains the leaf; raises NoteRefused or ProofRefused."""
        checkpoint = open_checkpoint(self.note, verifier)
        if root_from_inclusion(leaf_hash(leaf), self.index, checkpoint.size, self.path) != checkpoint.root:
            raise ProofRefused("Le reçu ne mène pas à la racine signée : l'entrée n'est pas celle qui a été scellée.")
        return checkpoint
