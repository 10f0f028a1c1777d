"""How a person checks an entry by hand: the path to the root, step by step, and the commands of everyday tools."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parvis.core.ledger.trees import leaf_hash, node_hash, split


@dataclass(frozen=True)
class Step:
    """One hashing on the way from an entry to the root."""

    sibling: str
    """The neighbour's hash, given by the proof (hexadecimal)."""
    is_left: bool
    """Whether the neighbour stands before, in the order of the log."""
    start: int
    end: int
    """The entries that the neighbour covers: start..end, end excluded."""
    reached: str
    """The hash of both together (hexadecimal); the last one is the root."""


def steps(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> list[Step]:
    """Follow an inclusion path from the entry up to the root."""
    reached, made = leaf_hash(leaf), []
    for sibling, (start, end) in zip(path, _siblings(index, size), strict=True):
        is_left = end <= index
        reached = node_hash(sibling, reached) if is_left else node_hash(reached, sibling)
        made.append(Step(sibling.hex(), is_left, start, end, reached.hex()))
    return made


def _siblings(index: int, size: int) -> list[tuple[int, int]]:
    """Return what each neighbour covers, from the closest up."""
    found, start, end = [], 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def opening_commands(salt: bytes, file: str = "contenu.json") -> str:
    """Return the command that makes the commitment again from the content and its salt."""
    return f"openssl dgst -sha256 -mac HMAC -macopt hexkey:{salt.hex()} {file}\n"


def path_commands(path: Sequence[Step]) -> str:
    """Return the commands that go from the leaf to the root (coreutils 8.31 or later)."""
    return "\n".join(_path_lines(path))


def _path_lines(path: Sequence[Step]) -> Iterator[str]:
    yield "empreinte() { tr a-f A-F | basenc --base16 -d | sha256sum | cut -c1-64; }"
    yield "h=$( (printf '\\000'; cat feuille.json) | sha256sum | cut -c1-64)"
    for step in path:
        pair = f"{step.sibling}${{h}}" if step.is_left else f"${{h}}{step.sibling}"
        yield f'h=$(printf %s "01{pair}" | empreinte)'
    yield 'printf %s "$h" | tr a-f A-F | basenc --base16 -d | base64'
    yield "sed -n 3p checkpoint\n"


SIGNATURE_COMMANDS = """\
( printf 302A300506032B6570032100 | basenc --base16 -d; cut -d+ -f3- cle | base64 -d | tail -c 32 ) > cle.der
sed '/^$/,$d' checkpoint > tete
grep '^— ' checkpoint | head -n 1 | cut -d' ' -f3 | base64 -d | tail -c 64 > signature
openssl pkeyutl -verify -pubin -keyform DER -inkey cle.der -rawin -in tete -sigfile signature
"""
"""Ed25519 with OpenSSL 3: the public key in its DER form (RFC 8410), the head's text, its signature."""
