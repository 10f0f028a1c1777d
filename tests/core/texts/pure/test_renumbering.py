"""A unit that changed its number is recognised by its words, with the share that they have in common."""

import json
from dataclasses import replace

from core.texts.pure.conftest import SNAPSHOTS
from parvis.core.texts.comparing import diff
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.renumbering import renumbered


def as_written(path):
    """Read a code by its numbers as they are written, not normalised."""
    articles = [json.loads(line) for line in path.read_bytes().splitlines()]
    return Document(tuple(Passage(one["num"], one["num"], one["text"]) for one in articles))


def test_of_nine_articles_gone_from_the_code_one_was_only_renamed(data):
    first, last = (as_written(data / SNAPSHOTS / f"{day}.jsonl") for day in ("2020-01-08", "2026-02-05"))
    found = diff(first, last)
    assert sum(change.before is not None and change.after is not None for change in found) == 463
    assert sum(change.after is None for change in found) == 9
    assert sum(change.before is None for change in found) == 11
    (pair,) = renumbered(first, last)
    assert {pair.before.number, pair.after.number} == {"D. 312-1-3", "D312-1-3"}


def test_an_article_renumbered_and_retouched_is_recognised():
    words = "Les administrations publient en ligne les documents administratifs qu'elles communiquent."
    gone = Passage("L1", "L1", words)
    come = Passage("L9", "L9", words.replace("publient en ligne", "publient"))
    other = Passage("L8", "L8", "Un décret en Conseil d'État fixe les modalités d'application du présent chapitre.")
    (pair,) = renumbered(Document((gone,)), Document((other, come)))
    assert (pair.before, pair.after) == (gone, come)
    assert 0.8 < pair.likeness < 1
    assert pair.because.endswith("des mots sont les mêmes")


def test_each_unit_is_paired_once_with_the_most_alike():
    words = "Le maire publie chaque année le rapport de la commune."
    gone = [Passage("1", "1", words), Passage("2", "2", words.replace("maire", "préfet"))]
    come = [replace(gone[1], unit="8", number="8"), replace(gone[0], unit="9", number="9")]
    pairs = renumbered(Document(tuple(gone)), Document(tuple(come)))
    assert {(pair.before.unit, pair.after.unit) for pair in pairs} == {("1", "9"), ("2", "8")}


def test_articles_repealed_are_not_renumbered():
    assert renumbered(Document((Passage("1", "1", ""),)), Document((Passage("2", "2", "Le maire publie."),))) == ()
    assert renumbered(Document((Passage("1", "1", ""),)), Document((Passage("2", "2", ""),))) == ()
