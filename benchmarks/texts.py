"""Comparing and consolidating real texts, beside difflib and merge3 on the same words, in one run.

Bars: the five snapshots of a code compared in under 1 s; the real articles of the 2015 consultation consolidated, with
as many alternative wordings as people proposed on each, in under 1 s, and every overlap reported.

The files say how many alternatives each article received, and hold none of their words (two proposals aside, each
rewriting an article whole). So alternatives are made, by a fixed seed: each changes one to three places of the real
article, with words of the arguments that people gave on it. Where they overlap is then known without comparing.
"""

import gzip
import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from typing import Any

from merge3 import Merge3

from measuring import DATA, verdict
from parvis.core.texts.columns import columns
from parvis.core.texts.comparing import compare, diff, difference
from parvis.core.texts.conflicts import Clash, clashes
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.editing import Edit, Source, alternative
from parvis.core.texts.merging import Applied, apply
from parvis.participation.archives.republique_numerique.words import words as plain
from parvis.participation.texts.bill.reading import read as read_bill
from parvis.participation.texts.code.reading import read as read_code
from parvis.participation.texts.draft.reading import read as read_draft

PROPOSALS = DATA / "participation/republique-numerique/propositions.jsonl.gz"
LAW = DATA / "workflows/law"
REWRITTEN = {"445": "9", "775": "19"}  # the two proposals that rewrite an article: number of the proposal -> article
SEED = 2015
MERGED_PAIRS = 300  # pairs of alternatives given to merge3: all of them would take it minutes

Place = tuple[int, int, str]  # from one word to another of the article, and what replaces them


@dataclass(frozen=True)
class Made:
    """An alternative wording: the places of the article that it changes, and what it gives in all."""

    source: Source
    places: tuple[Place, ...]
    words: str


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of processor that some work took, and what it gave: one thread, whatever else runs."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def beside(ours: float, peer: float, name: str) -> str:
    return f"{ours * 1000:.0f} ms, {name} {peer * 1000:.0f} ms (ours at {peer / ours:.1f} times its speed)"


def split(words: str) -> list[str]:
    """Return a text as words, line feeds apart: what difflib and merge3 are given."""
    return words.replace("\n", " \n ").split(" ")


def joined(words: Iterable[str]) -> str:
    return " ".join(words).replace(" \n ", "\n")


def code() -> list[Document]:
    return [version.document for text in read_code(LAW / "crpa") for version in text.versions]


def measure_comparing() -> None:
    """Compare each snapshot with the next, then all of them two by two, then the same articles with difflib."""
    snapshots = code()
    following, _ = timed(lambda: [diff(before, after) for before, after in pairwise(snapshots)])
    whole, found = timed(lambda: [diff(before, after) for before, after in combinations(snapshots, 2)])
    print(verdict("Four successive comparisons", following * 1000, "ms", 1000, at_least=False))
    print(verdict("All ten comparisons", whole * 1000, "ms", 1000, at_least=False))
    in_both = [change for changes in found for change in changes if change.before and change.after]
    pairs = [(change.before.words, change.after.words) for change in in_both if change.is_reworded]
    ours, _ = timed(lambda: [compare(*pair) for pair in pairs])
    peer, _ = timed(lambda: [SequenceMatcher(None, *map(split, pair), autojunk=False).get_opcodes() for pair in pairs])
    print(f"The {len(pairs)} changed wordings, by words: {beside(ours, peer, 'difflib')}")
    ours, _ = timed(lambda: [difference(*pair) for pair in pairs])
    peer, _ = timed(lambda: [SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in pairs])
    print(f"How far they are, by letters: {beside(ours, peer, 'difflib')}")


def drafts() -> tuple[Document, dict[str, int], dict[str, list[str]], list[tuple[str, str, str]]]:
    """Return the real articles, how many alternatives each received, what people argued, the two real rewritings."""
    (text,) = read_draft(PROPOSALS)
    document = text.versions[0].document
    facts = text.versions[0].step["articles"]
    with gzip.open(PROPOSALS) as stream:
        rows = {str(row["id"]): row for row in map(json.loads, stream)}
    mine = {unit: rows[facts[unit]["id"]] for unit in document.units}
    argued = {unit: [word for one in row["arguments"] for word in one["texte"].split()] for unit, row in mine.items()}
    real = [(unit, rows[number]["titre"], plain(rows[number]["texte_html"])) for number, unit in REWRITTEN.items()]
    return document, {unit: row["nb_versions"] for unit, row in mine.items()}, argued, real


def made(words: str, argued: list[str], count: int, luck: random.Random) -> Iterator[Made]:
    """Make alternatives of an article: words replaced, removed, inserted, at places that do not touch each other."""
    own = words.split(" ")
    known = set(split(words))
    argued = [word for word in argued if word not in known]  # a word that the article holds could be taken for its own
    for number in range(count):
        cuts = sorted(luck.sample(range(1, len(own)), 2 * luck.randint(1, 3)))
        places = [
            place(start, min(end, start + 12), argued, luck) for start, end in zip(cuts[::2], cuts[1::2], strict=True)
        ]
        parts, done = [], 0
        for start, end, text in places:
            parts += [*own[done:start], *text.split()]
            done = end
        yield Made(Source("contribution", f"n° {number}"), tuple(places), " ".join([*parts, *own[done:]]))


def place(start: int, end: int, argued: list[str], luck: random.Random) -> Place:
    first = luck.randrange(len(argued))
    said = " ".join(argued[first : first + luck.randint(1, 10)])
    return luck.choice([(start, end, said), (start, start, said), (start, end, "")])


def meet(one: Place, other: Place) -> bool:
    """Tell two places that share a word, one that inserts amid the other, or two insertions at a point."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    is_point = first == last and (one[0] < first < one[1] or other[0] < first < other[1] or one[:2] == other[:2])
    return first < last or is_point


def consolidate(document: Document, proposed: dict[str, list[Made]]) -> tuple[Applied, int, list[Any]]:
    """Compare every alternative, report every conflict, adopt those that meet none before them, make the columns."""
    edits = {
        unit: [alternative(unit, document.words(unit), one.words, one.source) for one in own]
        for unit, own in proposed.items()
    }
    found = [
        conflict
        for unit, own in edits.items()
        for conflict in clashes(document.words(unit), (edit for one in own for edit in one))
    ]
    adopted = [edit for own in edits.values() for edit in first_served(own, found)]
    applied = apply(document, adopted)
    rows = [
        row for unit in document.units for row in columns(document.words(unit), [e for e in adopted if e.unit == unit])
    ]
    return applied, found, rows


def first_served(own: list[tuple[Edit, ...]], found: list[Any]) -> list[Edit]:
    """Adopt the alternatives in their order, save those that meet one already adopted."""
    meets: dict[Source, set[Source]] = {}
    unit = own[0][0].unit
    for conflict in found:
        if conflict.unit == unit:
            meets.setdefault(conflict.first, set()).add(conflict.second)
            meets.setdefault(conflict.second, set()).add(conflict.first)
    adopted: set[Source] = set()
    for one in own:
        if one and not meets.get(one[0].source, set()) & adopted:
            adopted.add(one[0].source)
    return [edit for one in own for edit in one if edit.source in adopted]


def measure_consolidating() -> None:
    document, counts, argued, real = drafts()
    luck = random.Random(SEED)
    proposed = {unit: list(made(document.words(unit), argued[unit], counts[unit], luck)) for unit in document.units}
    for unit, title, words in real:
        proposed[unit].append(Made(Source("contribution", title), (), words))
    cost, (applied, found, rows) = timed(lambda: consolidate(document, proposed))
    total = sum(map(len, proposed.values()))
    print(f"{len(document.passages)} real articles in the file, {total} alternatives ({len(real)} of them real words)")
    print(verdict("Consolidation: comparing, conflicts, adopting, columns", cost * 1000, "ms", 1000, at_least=False))
    print(f"{len(applied.edits)} edits adopted, {len(rows)} rows, {len(found)} conflicts")
    detection(proposed, found)
    beside_merge3(document, proposed, luck)


def detection(proposed: dict[str, list[Made]], found: list[Any]) -> None:
    """Count the overlaps known by construction that were reported, and what was reported besides."""
    told = {(pair.unit, frozenset({pair.first, pair.second})) for pair in found}
    beside = {(pair.unit, frozenset({pair.first, pair.second})) for pair in found if pair.clash == Clash.BESIDE}
    known, pairs = set(), 0
    for unit, own in proposed.items():
        for one, other in combinations([one for one in own if one.places], 2):
            pairs += 1
            if clash(one.places, other.places):
                known.add((unit, frozenset({one.source, other.source})))
    print(f"{pairs} pairs, {len(known)} overlap: {len(known & told)} reported", end=" ")
    print(
        f"({len(known & told) / len(known):.2%}); besides, {len(told - known)} ({len((told - known) & beside)} touch)"
    )
    for unit, pair in sorted(known - told, key=str)[:5]:
        print("  missed:", unit, [(one.source.label, one.places) for one in proposed[unit] if one.source in pair])


def beside_merge3(document: Document, proposed: dict[str, list[Made]], luck: random.Random) -> None:
    """Give both the same pairs of alternatives, to merge in three ways."""
    every = [(unit, pair) for unit, own in proposed.items() for pair in combinations(own, 2)]
    some = luck.sample(every, MERGED_PAIRS)
    ours, mine = timed(lambda: [ours_merged(document.words(unit), unit, *pair) for unit, pair in some])
    peer, its = timed(lambda: [merge3_merged(document.words(unit), *pair) for unit, pair in some])
    both = sum(a is not None and b is not None for a, b in zip(mine, its, strict=True))
    same = sum(a == b and a is not None for a, b in zip(mine, its, strict=True))
    print(f"{MERGED_PAIRS} pairs merged in three ways: {beside(ours, peer, 'merge3')}")
    print(
        f"  both merge {both}, to the same words {same}; conflicts: {mine.count(None)} ours, {its.count(None)} merge3"
    )


def ours_merged(base: str, unit: str, one: Made, other: Made) -> str | None:
    edits = [edit for each in (one, other) for edit in alternative(unit, base, each.words, each.source)]
    applied = apply(Document((Passage(unit, unit, base),)), edits)
    return applied.document.words(unit) if isinstance(applied, Applied) else None


def merge3_merged(base: str, one: Made, other: Made) -> str | None:
    groups = list(Merge3(*map(split, (base, one.words, other.words))).merge_groups())
    if any(group[0] == "conflict" for group in groups):
        return None
    return joined(word for group in groups for word in group[1])


def measure_real_wordings() -> None:
    """Take each article of the real bills: its later wordings are alternatives to the first. difflib is the judge."""
    reported = touched = pairs = 0
    for folder in sorted((LAW / "bills").iterdir()):
        for text in read_bill(folder):
            for unit in {unit for version in text.versions for unit in version.document.units}:
                borne = dict.fromkeys(version.document.words(unit) for version in text.versions)
                base, *others = [words for words in borne if words]
                for one, other in combinations(others, 2):
                    pairs += 1
                    if clash(changes(base, one), changes(base, other)):
                        touched += 1
                        reported += any(clashes(base, both(unit, base, one, other)))
    print(
        f"Real wordings of the five bills: {pairs} pairs; {touched} change a same word in two ways, by difflib;",
        end=" ",
    )
    print(f"{reported} of these reported")


def both(unit: str, base: str, one: str, other: str) -> list[Edit]:
    named = ((one, Source("version", "one")), (other, Source("version", "other")))
    return [edit for words, source in named for edit in alternative(unit, base, words, source)]


def changes(base: str, words: str) -> list[Place]:
    """Return what a wording changes of another, according to difflib."""
    after = split(words)
    codes = SequenceMatcher(None, split(base), after, autojunk=False).get_opcodes()
    return [(start, end, " ".join(after[low:high])) for tag, start, end, low, high in codes if tag != "equal"]


def clash(one: Sequence[Place], other: Sequence[Place]) -> bool:
    """Tell from places alone whether two alternatives touch the same words, and not in the same way."""
    return any(a != b and meet(a, b) for a in one for b in other)


def main() -> None:
    measure_comparing()
    measure_consolidating()
    measure_real_wordings()


if __name__ == "__main__":
    main()
