"""Recounting a vote from its public export alone: nothing here reads our database.

An export is a file of JSON lines: a header, one line a ballot in the order of the log, and a proof. Each ballot's leaf
is made again from its content and its salts; the proof leads from all of them to the root that the log signed. What is
inserted, deleted or changed is named. docs/do/recompter.py does the same without our code.
"""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from parvis.core.errors import ParvisError
from parvis.core.ledger.leaves import Leaf, canonical, commit, open_leaf
from parvis.core.ledger.notes import Checkpoint, Verifier, open_checkpoint
from parvis.core.ledger.tiles import ENTRIES, entries_of, level_tiles
from parvis.core.ledger.trees import EMPTY_ROOT, Node, ProofRefused, leaf_hash, node_hash, split, subtree
from parvis.core.ledger.verifying import Fetch
from parvis.core.processes.voting.ballots import Form, Mode

CAST: Final = "vote.cast"
TALLIED: Final = "poll.tallied"
OPENED: Final = "poll.opened"
VERSION: Final = 1

Line: TypeAlias = Mapping[str, Any]


class NotAnExport(ParvisError):
    """A file that is not the export of a vote."""


def proof_of(positions: Sequence[int], size: int, node: Node) -> Iterator[bytes]:
    """Yield the hashes that lead from the leaves at these positions (sorted) to the root of a tree of that size.

    From left to right: one hash for each largest subtree that holds none of them.
    """

    def walk(start: int, end: int) -> Iterator[bytes]:
        held = bisect_left(positions, end) - bisect_left(positions, start)
        if not held:
            yield subtree(start, end, node)
        elif held < end - start:
            middle = start + split(end - start)
            yield from walk(start, middle)
            yield from walk(middle, end)

    return walk(0, size) if size else iter(())


def root_from(known: Mapping[int, bytes], size: int, proof: Iterable[bytes]) -> bytes:
    """Return the root that these leaves and this proof lead to. Raises ProofRefused when it is not of their length."""
    positions, left = sorted(known), [*proof][::-1]

    def walk(start: int, end: int) -> bytes:
        if bisect_left(positions, end) == bisect_left(positions, start):
            _expect(bool(left))
            return left.pop()
        if end - start == 1:
            return known[start]
        middle = start + split(end - start)
        return node_hash(walk(start, middle), walk(middle, end))

    reached = walk(0, size) if size else EMPTY_ROOT
    _expect(not left)
    return reached


def _expect(is_of_length: bool) -> None:  # noqa: FBT001 -- one condition, asserted
    if not is_of_length:
        raise ProofRefused("La preuve n'a pas la longueur que demandent ces feuilles : des lignes ont été changées.")


def tree_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root of the tree whose leaves have these hashes: what the count for good fixes."""
    return root_from(dict(enumerate(hashes)), len(hashes), ())


def ballot_leaf(line: Line, stream: str) -> bytes:
    """Return the hash of the leaf that a ballot's line stands for: made from its content, or from its commitment."""
    if "choice" not in line:
        return _hash(CAST, stream, line["hour"], line["commitment"])
    hidden = canonical({"choice": line["choice"], "nullifier": line["nullifier"]})
    opening = canonical({"content": {}, "hidden": commit(bytes.fromhex(line["hidden_salt"]), hidden)})
    return _hash(CAST, stream, line["hour"], commit(bytes.fromhex(line["salt"]), opening))


def act_leaf(line: Line, stream: str) -> bytes:
    """Return the hash of the leaf of an act of the poll (opened, closed, counted), made from its public content."""
    opening = canonical({"content": line["content"]})
    return _hash(line["kind"], stream, line["hour"], commit(bytes.fromhex(line["salt"]), opening))


def _hash(kind: str, stream: str, hour: str, commitment: str) -> bytes:
    return leaf_hash(Leaf(kind, stream, "", commitment, hour).encoded())


@dataclass
class Recount:
    """What an export holds, and what does not hold in it."""

    header: Line
    tally: Counter[str] = field(default_factory=Counter)
    """Votes for each option, counted again; empty where the choices are not published."""
    ballots: int = 0
    shown: int = 0
    """Ballots whose choice is in the export: all of them, or none."""
    waiting: int = 0
    """Announced, and not yet in the published log: a second's worth, in a healthy log."""
    final: Line | None = None
    """What the count for good says, where the poll is closed."""
    faults: list[str] = field(default_factory=list)

    @property
    def is_opened(self) -> bool:
        """Whether the choices are in the export, or should be."""
        return bool(self.shown) or self.header["mode"] == Mode.PUBLIC


def recount(lines: Iterable[bytes], *, key: str | None = None) -> Recount:
    """Count again from an export's lines. `key` is the log's public key, had elsewhere. Raises NotAnExport."""
    header, *middle, last = _opened(lines)
    return _Recounting(header, middle, last["proof"], key).run()


def _opened(lines: Iterable[bytes]) -> list[dict[str, Any]]:
    """Read an export's lines: the header, the ballots, the proof."""
    parsed = [_parsed(line) for line in lines if line.strip()]
    if len(parsed) < 2 or parsed[0].get("version") != VERSION or "proof" not in parsed[-1]:
        raise NotAnExport(
            "Ce fichier n'est pas l'export d'un vote, ou il n'est pas entier : la première ligne dit le vote, la "
            "dernière porte la preuve. Téléchargez-le de nouveau depuis la page du vote."
        )
    return parsed


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        read = json.loads(line)
    except ValueError as error:
        raise NotAnExport("Une ligne de ce fichier n'est pas du JSON : il est coupé ou altéré.") from error
    if not isinstance(read, dict):
        raise NotAnExport("Une ligne de ce fichier n'est pas un objet JSON : ce n'est pas l'export d'un vote.")
    return read


class _Recounting:
    """One export being counted again."""

    def __init__(self, header: Line, lines: Sequence[Line], proof: Sequence[str], key: str | None) -> None:
        self.header, self.lines, self.proof = header, lines, proof
        self.key = key or header["log"]["key"]
        self.found = Recount(header)
        self.known: dict[int, bytes] = {}
        self.names: dict[str, int] = {}

    def run(self) -> Recount:
        head = self._head()
        for line in self.header["acts"]:
            self._place(line, act_leaf, f"l'acte « {line['kind']} »")
        self._opening()
        for line in self.lines:
            self._ballot(line, head)
        self._shown()
        self._root(head)
        self._announced()
        self._final()
        return self.found

    def _fault(self, sentence: str) -> None:
        self.found.faults.append(sentence)

    def _head(self) -> Checkpoint:
        return open_checkpoint(self.header["log"]["checkpoint"], Verifier.from_text(self.key))

    def _opening(self) -> None:
        """Compare what the header says of the poll with what was sealed when it opened."""
        opened = [line["content"] for line in self.header["acts"] if line["kind"] == OPENED]
        fields = ("poll", "question", "options", "form", "mode")
        if len(opened) != 1 or any(opened[0][name] != self.header[name] for name in fields):
            self._fault("La question, les options ou le mode ne sont pas ceux qui ont été scellés à l'ouverture.")

    def _place(self, line: Line, leaf: Callable[[Line, str], bytes], what: str) -> None:
        """Check that a line is what the log holds at its position."""
        position = line["position"]
        if position in self.known:
            self._fault(f"Position {position} : {what} y est, et un autre aussi. L'un des deux a été inséré.")
        self.known[position] = bytes.fromhex(line["leaf"])
        if leaf(line, self.header["stream"]) != self.known[position]:
            self._fault(
                f"Position {position} : {what} n'est pas ce que le journal a scellé à cette place. "
                "Il a été changé ou inséré."
            )

    def _ballot(self, line: Line, head: Checkpoint) -> None:
        position = line["position"]
        if position is None or position >= head.size:
            self._fault(f"Le bulletin « {line.get('choice', '?')} » n'a pas de place au journal : il a été inséré.")
            return
        if "hour" not in line:
            self.known[position] = bytes.fromhex(line["leaf"])
            self._fault(f"Position {position} : le journal a scellé un vote, et son bulletin a été supprimé.")
            return
        self._place(line, ballot_leaf, "le bulletin")
        self.found.ballots += 1
        if "choice" in line:
            self._choice(line, position)

    def _choice(self, line: Line, position: int) -> None:
        first = self.names.setdefault(line["nullifier"], position)
        if first != position:
            self._fault(f"Positions {first} et {position} : la même personne a deux bulletins.")
        chosen = line["choice"].split(",")
        asked = len(chosen) == 1 or self.header["form"] == Form.MANY
        if not asked or len({*chosen} & {slug for slug, _ in self.header["options"]}) != len(chosen):
            self._fault(f"Position {position} : « {line['choice']} » n'est pas une option du vote.")
        self.found.tally.update(chosen)
        self.found.shown += 1

    def _shown(self) -> None:
        """See that no ballot hides its choice where choices are published: it would count for nothing."""
        silent = self.found.ballots - self.found.shown
        if silent and self.found.is_opened:
            self._fault(
                f"{silent} bulletins ne disent pas leur choix, alors que ce vote les publie : ils ont été retirés de "
                "l'export."
            )

    def _root(self, head: Checkpoint) -> None:
        try:
            reached = root_from(self.known, head.size, [bytes.fromhex(step) for step in self.proof])
        except ProofRefused as refusal:
            self._fault(str(refusal))
            return
        if reached != head.root:
            self._fault(
                "Les bulletins et la preuve ne mènent pas à la racine signée : le journal n'a pas ces feuilles."
            )

    def _announced(self) -> None:
        """Compare with the counters that the page shows: they may be ahead, by what waits for its place."""
        announced = self.header["announced"]
        self.found.waiting = waiting = announced["ballots"] - self.found.ballots
        counts = announced["counts"] if self.found.is_opened else {}
        ahead = [count - self.found.tally[slug] for slug, count in counts.items()]
        if not all(0 <= some <= waiting for some in (waiting, *ahead)):
            self._fault(
                f"Les compteurs annoncent {announced['ballots']} bulletins {announced['counts']}, et l'export en "
                f"donne {self.found.ballots} {dict(self.found.tally)} : un compteur ou un bulletin a été changé."
            )

    def _final(self) -> None:
        """Compare with the count for good, sealed once the poll was closed and its last ballot published."""
        tallies = [line["content"] for line in self.header["acts"] if line["kind"] == TALLIED]
        if not tallies:
            return
        self.found.final = final = tallies[-1]
        again = {slug: self.found.tally[slug] for slug, _ in self.header["options"]}
        if final["ballots"] != self.found.ballots or (self.found.is_opened and final["counts"] != again):
            self._fault(
                f"Le décompte scellé dit {final['ballots']} bulletins {final['counts']}, l'export en donne "
                f"{self.found.ballots} {again}."
            )
        if self.header["announced"] != {"ballots": final["ballots"], "counts": final["counts"]}:
            self._fault(f"Les compteurs annoncent {self.header['announced']}, le décompte scellé {final['counts']}.")
        hashes = [self.known[line["position"]] for line in self.lines if line["position"] in self.known]
        if tree_root(hashes).hex() != final["root"]:
            self._fault("Les bulletins ne donnent pas l'empreinte que le décompte scellé a fixée.")


def missing_from(lines: Iterable[bytes], fetch: Fetch) -> list[str]:
    """Return what the log itself holds of this poll, up to the export's head, and the export does not.

    `fetch` reads the log's public files: this is the check that no export can pass by leaving out both a ballot and
    its leaf.
    """
    header, *middle, _ = _opened(lines)
    told = {line["position"] for line in (*header["acts"], *middle)}
    head = Checkpoint.from_text(header["log"]["checkpoint"].partition("\n\n")[0] + "\n")
    return [
        f"Position {position} : le journal a scellé « {kind} » pour ce vote, et l'export ne le dit pas."
        for position, kind in _leaves_of(header["stream"], head.size, fetch)
        if position not in told
    ]


def _leaves_of(stream: str, size: int, fetch: Fetch) -> Iterator[tuple[int, str]]:
    for tile in level_tiles(ENTRIES, size):
        for rank, leaf in enumerate(entries_of(fetch(tile.path), tile)):
            fields = open_leaf(leaf)
            if fields["s"] == stream:
                yield tile.start + rank, str(fields["t"])
