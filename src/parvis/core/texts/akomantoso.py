"""Write a version of a text as Akoma Ntoso 1.0 (OASIS LegalDocML, 2018), checked against the schema shipped beside.

Identification follows FRBR and the standard's naming convention: `/akn/fr/bill/2015-07-31/pjl15-034/fra@2015-10-06`.
An article's eId is its number that day, its wId the identifier it keeps through all versions.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from unicodedata import normalize

from lxml import etree

from parvis.core.errors import ParvisError
from parvis.core.texts.akomantoso_parts import AKN, body
from parvis.core.texts.documents import Document

SCHEMA: Final = Path(__file__).with_name("akomantoso.xsd")
PARVIS: Final = "parvis"
AUTHOR: Final = "author"
BILLS: Final = frozenset({"bill", "draft"})
"""Kinds of text that are not law yet: `bill`; the others are `act`."""

Element = Any


class NotAkomaNtoso(ParvisError):
    """A document made is not valid: a fault of ours, never written out."""


@dataclass(frozen=True)
class Moment:
    """A version of the text, as the history of a document names it."""

    slug: str
    title: str
    author: str
    dated: date


@dataclass(frozen=True)
class Work:
    """The text that versions are of."""

    slug: str
    kind: str
    title: str
    short_title: str
    history: tuple[Moment, ...]  # oldest first, up to the version written

    @property
    def name(self) -> str:
        return "bill" if self.kind in BILLS else "act"

    @property
    def address(self) -> str:
        return f"/akn/fr/{self.name}/{self.history[0].dated}/{ascii_word(self.slug)}"


@dataclass(frozen=True)
class Modification:
    """A change of an article since the version before: `type` is a word of the standard."""

    type: str
    unit: str


def akoma_ntoso(work: Work, document: Document, before: Document | None = None) -> bytes:
    """Return the last version of a work's history as an Akoma Ntoso document; `before` is the one it follows."""
    written = body(document)
    found = list(modifications(before, document)) if before else []
    root = AKN.akomaNtoso(
        AKN(
            work.name,
            meta(work, found, written.names),
            AKN.preface(AKN.longTitle(AKN.p(AKN.docTitle(work.title)))),
            written.element,
            name=work.kind,
            contains="singleVersion" if len(work.history) > 1 else "originalVersion",
        )
    )
    fault = first_fault(root)
    if fault:
        raise NotAkomaNtoso(f"Le document fait de « {work.slug} » n'est pas valide : {fault} Signalez-le-nous.")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def first_fault(root: Element) -> str:
    """Return the first thing that the schema finds wrong, nothing if all is right."""
    schema = shipped()
    if schema.validate(root):
        return ""
    return f"ligne {schema.error_log[0].line} : {schema.error_log[0].message}"


@cache
def shipped() -> Any:  # noqa: ANN401 -- lxml's stubs hide the class
    return etree.XMLSchema(etree.parse(SCHEMA, etree.XMLParser(resolve_entities=False, no_network=True)))


def modifications(before: Document, after: Document) -> Iterator[Modification]:
    """Yield what became of each article since the version before; those that are gone are no destination."""
    for passage in after.passages:
        if passage.unit not in before:
            yield Modification("insertion", passage.unit)
            continue
        old = before.passage(passage.unit)
        if passage.words != old.words:
            yield Modification("substitution" if passage.words else "repeal", passage.unit)
        elif passage.number != old.number:
            yield Modification("renumbering", passage.unit)


def meta(work: Work, found: Sequence[Modification], names: dict[str, str]) -> Element:
    """Say what the document is, what happened to it, and what it names."""
    blocks = [identification(work), lifecycle(work)]
    if found:
        source = f"#{event(work, len(work.history))}"
        mods = [
            AKN.textualMod(
                AKN.source(href=source),
                AKN.destination(href=f"#{names[one.unit]}"),
                type=one.type,
                eId=f"pmod_{rank}",
            )
            for rank, one in enumerate(found, start=1)
        ]
        blocks.append(AKN.analysis(AKN.passiveModifications(*mods), source=f"#{PARVIS}"))
    return AKN.meta(*blocks, references(work))


def identification(work: Work) -> Element:
    first, now = work.history[0], work.history[-1]
    expression = f"{work.address}/fra@{now.dated}/{ascii_word(now.slug)}"
    number = str(len(work.history))
    return AKN.identification(
        AKN.FRBRWork(
            *core(work.address, "/!main", first, "dépôt"),
            AKN.FRBRcountry(value="fr"),
            AKN.FRBRsubtype(value=work.kind),
            AKN.FRBRnumber(value=work.slug),
            AKN.FRBRname(value=work.short_title),
        ),
        AKN.FRBRExpression(
            *core(expression, "/!main", now, "version"),
            AKN.FRBRversionNumber(value=number),
            AKN.FRBRlanguage(language="fra"),
        ),
        AKN.FRBRManifestation(
            *core(f"{expression}.akn", "", now, "version"), AKN.FRBRformat(value="application/akn+xml")
        ),
        source=f"#{PARVIS}",
    )


def core(address: str, component: str, moment: Moment, name: str) -> Iterator[Element]:
    """Yield what each level of FRBR says: itself, its address, its day, its author."""
    yield AKN.FRBRthis(value=address + component)
    yield AKN.FRBRuri(value=address)
    yield AKN.FRBRdate(date=str(moment.dated), name=name)
    yield AKN.FRBRauthor({"href": f"#{author(moment)}", "as": f"#{AUTHOR}"})


def lifecycle(work: Work) -> Element:
    events = [
        AKN.eventRef(
            eId=f"evt_{rank}",
            date=str(moment.dated),
            source=f"#{event(work, rank)}",
            type="generation" if rank == 1 else "amendment",
        )
        for rank, moment in enumerate(work.history, start=1)
    ]
    return AKN.lifecycle(*events, source=f"#{PARVIS}")


def event(work: Work, rank: int) -> str:
    """Return the identifier of the reference to a version, by its rank."""
    return f"ref_{rank}-{ascii_word(work.history[rank - 1].slug)}"


def references(work: Work) -> Element:
    """Name the versions, the institutions and the roles that the rest points to."""
    moments = list(enumerate(work.history, start=1))
    organisations = {author(moment): moment.author for _, moment in moments} | {PARVIS: "Parvis"}
    return AKN.references(
        *(
            AKN(
                "original" if rank == 1 else "passiveRef",
                eId=event(work, rank),
                href=f"{work.address}/fra@{moment.dated}/{ascii_word(moment.slug)}",
                showAs=moment.title,
            )
            for rank, moment in moments
        ),
        *(
            AKN.TLCOrganization(eId=name, href=f"/ontology/organization/fr/{name}", showAs=title or "inconnu")
            for name, title in organisations.items()
        ),
        AKN.TLCRole(eId=AUTHOR, href="/ontology/role/fr/author", showAs="auteur"),
        source=f"#{PARVIS}",
    )


def author(moment: Moment) -> str:
    return f"org-{ascii_word(moment.author) or 'inconnu'}"


def ascii_word(text: str) -> str:
    """Return a text as one word of small letters, figures and hyphens."""
    bare = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
