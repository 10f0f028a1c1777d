"""The right of reply: whom a lead names, thus who may answer it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parvis.core.registers.listing import Browsed

SIREN = re.compile(r"(?:FR[0-9A-Z]{2})?(?P<siren>[0-9]{9})(?:[0-9]{5})?")
"""Of an establishment (SIRET), of a French VAT number, or by itself."""


@dataclass(frozen=True)
class Concerned:
    """A body that a lead names, in a role."""

    role: str
    role_title: str
    id: str
    name: str
    siren: str  # empty where its identifier holds none: it is then known to no organisation here


@dataclass(frozen=True)
class Addressed:
    """A lead as a reply addresses it: its name outlives the catalogue in which it was found."""

    code: str
    subject: str
    label: str
    concerned: tuple[Concerned, ...]

    @property
    def sirens(self) -> frozenset[str]:
        return frozenset(body.siren for body in self.concerned if body.siren)


def siren_of(identifier: str) -> str:
    """Return the SIREN that an identifier holds, or nothing.

    >>> siren_of("21750001600019"), siren_of("FR32217500016"), siren_of("217500016"), siren_of("HORS-UE-1")
    ('217500016', '217500016', '217500016', '')
    """
    found = SIREN.fullmatch(identifier)
    return found["siren"] if found else ""


def addressed(place: Browsed, lead: Mapping[str, Any]) -> Addressed:
    """Say whom a lead names: the bodies it is about, and those that play a role in the row it is about."""
    named = dict.fromkeys((*of_lead(place, lead), *of_row(place, lead)))
    titles = {party.slug: party.title for party in place.browse.parties}
    concerned = tuple(Concerned(role, titles[role], id_, name, siren_of(id_)) for role, id_, name in named)
    return Addressed(lead["code"], lead["subject"], lead["label"], concerned)


def of_lead(place: Browsed, lead: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for party in place.browse.parties:
        identifier = lead.get(party.id)
        known = place.catalogue.party(party.slug, identifier) if identifier else None
        if known is not None:
            yield known.role, known.id, known.name


def of_row(place: Browsed, lead: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return place.catalogue.played(lead["uid"]) if lead["uid"] else []
