"""Someone who plays a role in a register: totals that never double, rows, partners, months."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from parvis.core import french
from parvis.core.registers.browsing import Browse, Party
from parvis.core.registers.filters import AFTER, Filters
from parvis.core.registers.listing import PAGE, Browsed, PartyTotals
from parvis.core.registers.pages.asked import by_month
from parvis.core.registers.pages.cells import Line, columns_of, lines, shown_in, title
from parvis.core.web import parts
from parvis.core.web.charts import Chart, line
from parvis.core.web.page import HTML_ONLY

FIRST = 20  # rows and partners shown


@dataclass(frozen=True)
class Partners:
    """Those with whom a party shares rows, in another role."""

    role: str
    title: str
    partners: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class PartyPage:
    """What is known of a party in its role."""

    title: str
    register: str
    register_title: str
    role: str
    role_title: str
    role_plural: str
    totals: PartyTotals
    facts: tuple[parts.Fact, ...] = field(metadata=HTML_ONLY)
    months: tuple[Mapping[str, Any], ...]
    chart: Chart | None = field(metadata=HTML_ONLY)
    partners: tuple[Partners, ...]
    found: tuple[Mapping[str, Any], ...]
    heads: tuple[str, ...] = field(metadata=HTML_ONLY)
    lines: tuple[Line, ...] = field(metadata=HTML_ONLY)
    noun: str
    leads: tuple[Mapping[str, Any], ...]
    notice: str

    def rows(self) -> tuple[Mapping[str, Any], ...]:
        """Return the months: the rows have their own list, filtered by this party."""
        return self.months


def party_page(place: Browsed, party: Party, totals: PartyTotals, notice: str) -> PartyPage:
    """Gather what the catalogue says of a party."""
    register, browse, catalogue = place.register, place.browse, place.catalogue
    own = Filters(parties={party.slug: (totals.id,)})
    some = catalogue.page(own, browse.sorts[0], size=FIRST)
    columns, months = columns_of(register, browse.table), tuple(catalogue.months(own))
    return PartyPage(
        title=totals.name,
        register=register.slug,
        register_title=register.title,
        role=party.slug,
        role_title=party.title,
        role_plural=party.plural,
        totals=totals,
        facts=tuple(facts(browse, party, totals)),
        months=months,
        chart=chart(months) if len(months) > 1 else None,
        partners=tuple(
            Partners(other.slug, other.plural, tuple(catalogue.partners(party.slug, totals.id, other, size=FIRST)))
            for other in browse.parties
            if other != party
        ),
        found=some.rows,
        heads=tuple(title(name, columns) for name in shown_in(browse)),
        lines=lines(some.rows, shown_in(browse), columns, browse),
        noun=browse.noun[1],
        leads=tuple(catalogue.leads_about(party.id, totals.id)),
        notice=notice,
    )


def facts(browse: Browse, party: Party, totals: PartyTotals) -> list[parts.Fact]:
    """Say the totals apart: alone, shared, maxima. Adding them would count money twice."""
    said = [
        parts.Fact("Identifiant", totals.id),
        parts.Fact(browse.noun[1].capitalize(), french.number(totals.rows)),
        parts.Fact("Premier et dernier", f"{day(totals.first_day)} – {day(totals.last_day)}"),
    ]
    if browse.amount is None:
        return said
    said.append(
        parts.Fact(browse.amount.title, french.euros(totals.amount), help="somme, hors maxima et hors parts communes")
    )
    if party.with_others:
        said.append(
            parts.Fact(
                f"{browse.amount.title}, {party.with_others}",
                french.euros(totals.amount_shared),
                help=f"{french.number(totals.rows_shared)} {browse.noun[1]} : la part de chacun n’est pas publiée",
            )
        )
    if browse.amount.maximum_title:
        said.append(
            parts.Fact(browse.amount.maximum_title, french.euros(totals.maximum), help="jamais ajoutés au montant")
        )
    if totals.rows_without_amount:
        said.append(parts.Fact("Sans montant lisible", french.number(totals.rows_without_amount)))
    return said


def day(value: Any) -> str:  # noqa: ANN401 -- a day, or nothing
    return "date inconnue" if value is None else french.day(value)


def chart(months: tuple[Mapping[str, Any], ...]) -> Chart:
    names = {"month": "Mois", "rows": "Nombre", "amount": "Montant en euros, hors maxima"}
    return by_month(line(months, x="month", y="amount", title="Montant par mois", names=names))


@dataclass(frozen=True)
class PartiesPage:
    """Those who play a role, the largest total first."""

    title: str
    register: str
    register_title: str
    role: str
    noun: str
    amount_title: str
    text: str
    parties: tuple[PartyTotals, ...]
    pages: parts.Pages

    def rows(self) -> list[Mapping[str, Any]]:
        return [vars(party) for party in self.parties]


def parties_page(place: Browsed, party: Party, text: str, start: int) -> PartiesPage:
    """Show a page of those who play a role and whose name or identifier contains a text."""
    register, browse = place.register, place.browse
    found = place.catalogue.parties(
        party.slug, text=text, size=PAGE + 1, after=start
    )  # one more: does the list go on?
    before, after = max(0, start - PAGE), start + PAGE
    kept = {"q": text} if text else {}
    return PartiesPage(
        title=party.plural,
        register=register.slug,
        register_title=register.title,
        role=party.slug,
        noun=browse.noun[1],
        amount_title=browse.amount.title if browse.amount else "",
        text=text,
        parties=tuple(found[:PAGE]),
        pages=parts.Pages(
            f"{start + 1} à {start + len(found[:PAGE])}",
            "?" + urlencode({**kept, AFTER: before}) if start else None,
            "?" + urlencode({**kept, AFTER: after}) if len(found) > PAGE else None,
        ),
    )
