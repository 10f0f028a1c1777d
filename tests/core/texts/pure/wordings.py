"""Words for the tests: made ones, that repeat themselves as laws do, and those of real bills and codes."""

import json
from pathlib import Path

from hypothesis import strategies as st

from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.units import unit_id

SMALL = [
    "le",
    "la",
    "de",
    "l'",
    "maire",
    "préfet",
    "public",
    "décret",
    ",",
    ".",
    "«",
    "»",
    "1°",
    "a)",
    "n° 78-753",
    " ",
]
lines = st.lists(st.sampled_from(SMALL), max_size=12).map(" ".join)
legal = st.lists(lines, max_size=6).map("\n".join)
anything = st.text(max_size=60)  # every character there is, line ends of all kinds included
wordings = st.one_of(legal, anything)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a document of a few units among ten, with whatever may be said of them."""
    units = draw(st.lists(st.integers(0, 9), unique=True, max_size=6))
    short = st.text(max_size=8)
    return Document(
        tuple(
            Passage(
                unit=f"u{unit}",
                number=draw(short),
                words=draw(wordings),
                heading=draw(short),
                path=tuple(draw(st.lists(short, max_size=3))),
                kind=draw(st.sampled_from(["article", "annexe"])),
                status=draw(st.sampled_from(["", "supprimé"])),
            )
            for unit in units
        )
    )


def bill_step(path: Path) -> Document:
    """Read a step of a real bill: its articles, their alinéas joined."""
    return Document(
        tuple(
            Passage(
                unit_id(article["titre"]),
                article["titre"],
                "\n".join(article["alineas"][key] for key in sorted(article["alineas"]) if article["alineas"][key]),
                path=(article["section"],) if "section" in article else (),
                status=article["statut"],
            )
            for article in json.loads(path.read_bytes())["articles"]
        )
    )


def snapshot(path: Path) -> Document:
    """Read a code as it was in force on a day."""
    articles = [json.loads(line) for line in path.read_bytes().splitlines()]
    return Document(
        tuple(Passage(unit_id(one["num"]), one["num"], one["text"], path=tuple(one["path"])) for one in articles)
    )
