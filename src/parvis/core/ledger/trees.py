"""Merkle trees of RFC 6962 (section 2.1), and the proofs that RFC 9162 (section 2.1) tells how to check.

A tree is read through `Node`: a function that gives the root of the perfect subtree of 2**level leaves at an index of
its level. Generating a proof walks the tree; checking one follows another algorithm, on purpose.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TypeAlias

from parvis.core.errors import ParvisError

Node: TypeAlias = Callable[[int, int], bytes]

EMPTY_ROOT = sha256(b"").digest()


class NotInTheTree(ParvisError):
    """A proof is asked of a tree that is too small for it."""


class ProofRefused(ParvisError):
    """A proof does not lead to the announced root."""


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the root of the perfect tree above 2**n hashes."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def split(width: int) -> int:
    """Return the largest power of two smaller than the width: where RFC 6962 cuts a tree in two."""
    return 1 << ((width - 1).bit_length() - 1)


def subtree(start: int, end: int, node: Node) -> bytes:
    """Return the hash of leaves start..end (end excluded)."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return node(level, start >> level)
    middle = start + split(width)
    return node_hash(subtree(start, middle, node), subtree(middle, end, node))


def root(size: int, node: Node) -> bytes:
    """Return the Merkle tree hash of the first `size` leaves."""
    return subtree(0, size, node) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, node: Node) -> list[bytes]:
    """Return the audit path of a leaf, from its sibling up to the root's child (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise NotInTheTree(f"La position {index} n'est pas dans un journal de {size} entrées.")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            path.append(subtree(middle, end, node))
            end = middle
        else:
            path.append(subtree(start, middle, node))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, node: Node) -> list[bytes]:
    """Return the proof that the first `old` leaves of the tree of `new` leaves did not change (RFC 6962, 2.1.2)."""
    if not 0 < old <= new:
        raise NotInTheTree(f"Un journal de {new} entrées ne prolonge pas un journal de {old}.")
    path: list[bytes] = []
    start, end, is_old_root = 0, new, True
    while old != end:
        middle = start + split(end - start)
        if old <= middle:
            path.append(subtree(middle, end, node))
            end = middle
        else:
            path.append(subtree(start, middle, node))
            start, is_old_root = middle, False
    return [*([] if is_old_root else [subtree(start, end, node)]), *path[::-1]]


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that a leaf's hash and its audit path lead to (RFC 9162, 2.1.3.2). Raises ProofRefused."""
    if not 0 <= index < size:
        raise ProofRefused(f"La preuve place l'entrée en {index}, hors d'un journal de {size} entrées.")
    place, last, reached = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise ProofRefused("La preuve est trop longue pour la taille du journal.")
        if place & 1 or place == last:
            reached = node_hash(sibling, reached)
            while place & 1 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            reached = node_hash(reached, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofRefused("La preuve est trop courte pour la taille du journal.")
    return reached


def check_consistency(old: int, new: int, roots: tuple[bytes, bytes], path: Sequence[bytes]) -> None:
    """Raise ProofRefused unless the path shows that the new root prolongs the old one (RFC 9162, 2.1.4.2)."""
    if old == new:
        _expect(not path and roots[0] == roots[1])
        return
    _expect(0 < old < new and bool(path))
    whole = [roots[0], *path] if old & (old - 1) == 0 else list(path)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    was = now = whole[0]
    for sibling in whole[1:]:
        _expect(last != 0)
        if place & 1 or place == last:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            while place & 1 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            now = node_hash(now, sibling)
        place, last = place >> 1, last >> 1
    _expect(last == 0 and (was, now) == roots)


def _expect(condition: bool) -> None:  # noqa: FBT001 -- one condition, asserted
    if not condition:
        raise ProofRefused("Le nouveau journal ne prolonge pas l'ancien : des entrées ont été changées ou retirées.")
