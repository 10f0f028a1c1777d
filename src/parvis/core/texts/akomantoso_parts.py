"""The body of an Akoma Ntoso document: divisions, articles, alinéas, each with its eId."""

import re
from dataclasses import dataclass, field
from typing import Any, Final
from unicodedata import normalize

from lxml.builder import ElementMaker

from parvis.core.texts.documents import Document, Passage, new_divisions

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
AKN: Final = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
LEVELS: Final = {
    "partie": ("part", "part"),
    "livre": ("book", "book"),
    "titre": ("title", "title"),
    "chapitre": ("chapter", "chp"),
    "section": ("section", "sec"),
    "sous-section": ("subsection", "subsec"),
    "paragraphe": ("paragraph", "para"),
}
"""French division -> element of the standard, and the word that the naming convention gives it in an eId."""

DIVISION: Final = re.compile(
    rf"(?P<level>{'|'.join(sorted(LEVELS, reverse=True))})\s+(?P<number>[^:]+?)\s*(?::\s*(?P<heading>.+))?",
    re.IGNORECASE,
)
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML cannot hold: written as U+FFFD."""

Element = Any


@dataclass
class Body:
    """The body being written, and the eId of each article."""

    element: Element = field(default_factory=AKN.body)
    names: dict[str, str] = field(default_factory=dict)  # unit -> eId
    taken: set[str] = field(default_factory=set)

    def name(self, wanted: str) -> str:
        """Return an eId not yet borne: a second « Section 1 » in one place is told apart by its rank."""
        rank, name = 1, wanted
        while name in self.taken:
            rank += 1
            name = f"{wanted}-{rank}"
        self.taken.add(name)
        return name


def body(document: Document) -> Body:
    """Write the divisions where they change, and the articles in them."""
    written = Body()
    path: tuple[str, ...] = ()
    held = [written.element]  # the body, then each division that is open
    for passage in document.passages:
        new = new_divisions(path, passage.path)
        del held[len(passage.path) - len(new) + 1 :]
        for title in new:
            held.append(division(title, held[-1], written))
        held[-1].append(article(passage, written))
        path = passage.path
    return written


def division(title: str, above: Element, written: Body) -> Element:
    """Open a division under another; « Chapitre Ier : Des bancs » has a number and a heading."""
    prefix = f"{above.get('eId')}__" if above.get("eId") else ""
    found = DIVISION.fullmatch(title)
    if found is None:
        made = AKN.hcontainer(AKN.heading(clean(title)), eId=written.name(f"{prefix}hcontainer"), name="division")
    else:
        element, word = LEVELS[found["level"].lower()]
        made = AKN(element, AKN.num(clean(f"{found['level']} {found['number']}")))
        made.set("eId", written.name(f"{prefix}{word}_{number(found['number'])}"))
        if found["heading"]:
            made.append(AKN.heading(clean(found["heading"])))
    above.append(made)
    return made


def article(passage: Passage, written: Body) -> Element:
    """Write an article: each alinéa is an element, its words untouched."""
    name = written.name(f"art_{number(passage.number)}")
    written.names[passage.unit] = name
    made = AKN.article(AKN.num(clean(f"Article {passage.number}")), eId=name, wId=f"art_{number(passage.unit)}")
    if passage.heading:
        made.append(AKN.heading(clean(passage.heading)))
    for rank, line in enumerate(passage.words.split("\n") if passage.words else (), start=1):
        alinea = f"{name}__al_{rank}"
        made.append(AKN.alinea(AKN.content(AKN.p(clean(line)), eId=f"{alinea}__content"), eId=alinea))
    if not passage.words:
        made.set("status", "removed")
    return made


def number(text: str) -> str:
    """Return a number as an eId writes it: « 11 bis A » is 11-bis-A, « R*323-5 » keeps what tells it from R323-5."""
    bare = normalize("NFKD", text.replace("*", "star")).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", bare).strip("-") or "0"


def clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)
