"""Read any file of public procurement, each by the reader of its shape."""

import json
import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from parvis.accountability.registers.procurement import ocds, tabular
from parvis.accountability.registers.procurement.extraction import Extraction, extraction
from parvis.accountability.registers.procurement.tables import RAW_CONTRACTS, RAW_SUPPLIERS
from parvis.core.errors import ParvisError
from parvis.core.registers import jsontext, sheets, tables_of_text, xmltext
from parvis.core.registers.jsontext import EACH, Json
from parvis.core.registers.register import Batch, Record
from parvis.core.registers.sheets import Sheet
from parvis.core.registers.sources import Member, members


class UnknownShape(ParvisError):
    """A file is JSON or XML, and follows none of the standards of this register."""


@dataclass(frozen=True)
class Entry:
    """One record of a file, or a stretch of them, with where it stands there."""

    container: str
    fields: Json
    text: str
    source: str | None


DECP_JSON = {(): "{", ("marches",): "{[", ("marches", "marche"): "[", ("marches", "contrat-concession"): "["}
PACKAGES = {
    (): "{[",
    (EACH,): "{",
    ("releases",): "[",
    ("records",): "[",
    (EACH, "releases"): "[",
    (EACH, "records"): "[",
}
RELEASES: Mapping[jsontext.Path, str] = {(): "["}
OPENED: Mapping[str, Mapping[jsontext.Path, str]] = {
    "marches": DECP_JSON,
    "releases": PACKAGES,
    "records": PACKAGES,
    "ocid": RELEASES,
}
"""First field met that tells a standard -> the containers to go into."""

DECP_LISTS = frozenset(
    {"technique", "modaliteExecution", "typePrix", "considerationSociale", "considerationEnvironnementale"}
)
PACKAGE_FIELDS = frozenset(
    {"uri", "version", "publishedDate", "publisher", "extensions", "license", "publicationPolicy", "links", "packages"}
)


def read(path: Path) -> Iterator[Batch]:
    """Give the raw rows of a file, or of each file of an archive."""
    with extraction() as extracted:
        for member in members(path):
            if member.format == "csv":
                yield from extracted.rest()
                extracted.number = yield from tabular.read(member, extracted.number)
            elif is_decp(member):
                for entry in entries(member, extracted.cutter()):
                    yield from extracted.add(entry.fields, entry.container, entry.source)
            else:
                yield from extracted.rest()
                yield from _ocds(member, extracted)
        yield from extracted.rest()


def _ocds(member: Member, numbered: Extraction) -> Iterator[Batch]:
    contracts, suppliers = Sheet("contracts", RAW_CONTRACTS), Sheet("suppliers", RAW_SUPPLIERS)
    reading = ocds.Reading(contracts, suppliers)
    for entry in entries(member):
        numbered.number += 1
        reading.record(entry.fields, numbered.number, entry.container, entry.source)
        if len(contracts.rows) >= sheets.SIZE:
            yield from contracts.rest()
            yield from suppliers.rest()
    yield from contracts.rest()
    yield from suppliers.rest()


def records(path: Path, numbers: set[int]) -> Iterator[Record]:
    """Give the records of a file that bear these numbers, as they were written, as JSON."""
    number = 0
    for member in members(path):
        if member.format == "csv":
            number = yield from _lines(member, number, numbers)
        else:
            for entry in entries(member):
                number += 1
                if number in numbers:
                    yield Record(number, entry.text)


def _lines(member: Member, number: int, numbers: set[int]) -> Generator[Record, None, int]:
    for table in tables_of_text.read(member):
        wanted = sorted(one for one in numbers if number < one <= number + table.num_rows)
        lines = table.take([one - number - 1 for one in wanted]).to_pylist()
        for one, line in zip(wanted, lines, strict=True):
            yield Record(one, json.dumps(line, ensure_ascii=False))
        number += table.num_rows
    return number


def standard(member: Member) -> str:
    """Return the first field of the file that tells its standard."""
    found = re.search(r'"(marches|releases|records|ocid)"\s*:|<(marches|marche)\b', member.head)
    if found is None:
        raise UnknownShape(
            f"« {member.name} » ne suit ni le format DECP (« marches »), ni OCDS (« releases », « records »). "
            "Rien n'a été gardé : vérifiez que c'est le bon fichier."
        )
    return found[1] or "xml"


def is_decp(member: Member) -> bool:
    return standard(member) in ("marches", "xml")


def entries(member: Member, cut: jsontext.Cut = jsontext.alone) -> Iterator[Entry]:
    """Give the records of a JSON or XML file; of DECP in JSON, `cut` may take many at once."""
    shape = standard(member)
    if shape == "xml":
        for tag, fields in xmltext.elements(member, ("marche", "contrat-concession"), DECP_LISTS):
            yield Entry(f"marches.{tag}", fields, json.dumps(fields, ensure_ascii=False), None)
    elif shape == "marches":
        yield from _decp_json(member, cut)
    else:
        yield from _ocds_json(member, OPENED[shape])


def _decp_json(member: Member, cut: jsontext.Cut) -> Iterator[Entry]:
    source = None
    with member.utf8() as stream:
        window = jsontext.Window(stream, member.name)
        for at, value in jsontext.documents(window, DECP_JSON, cut):
            if at == ("source",):
                source = value
            elif at[:1] == ("marches",):
                yield Entry(".".join(at[:2] if at[1] != EACH else at[:1]), value, window.source(), source)
            elif at != ("$schema",):
                raise UnknownShape(
                    f"« {member.name} » : champ inconnu « {'.'.join(at)} » hors des marchés. Rien n'a été gardé."
                )


def _ocds_json(member: Member, opened: Mapping[tuple[str, ...], str]) -> Iterator[Entry]:
    version = "1.1" if opened is RELEASES else None
    with member.utf8() as stream:
        window = jsontext.Window(stream, member.name)
        for at, value in jsontext.documents(window, opened):
            container = at[-2] if at[-1:] == (EACH,) and len(at) > 1 else ""
            if container in ("releases", "records"):
                yield Entry(container, value, window.source(), None)
            elif opened is RELEASES:
                yield Entry("releases", value, window.source(), None)
            elif at[-1] == "version":
                version = value
            elif at[-1] not in PACKAGE_FIELDS:
                raise UnknownShape(
                    f"« {member.name} » : champ inconnu « {at[-1]} » dans le paquet OCDS. Rien n'a été gardé."
                )
    ocds.check_version(version, member.name)
