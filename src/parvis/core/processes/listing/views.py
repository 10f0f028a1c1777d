"""The list of a debate's contributions, and the directory of all debates."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from parvis.core import analyzer, french
from parvis.core.actors.views import mandate_to, may
from parvis.core.errors import ParvisError
from parvis.core.processes import metadata, orders, views
from parvis.core.processes.kinds import KINDS, SIDES, ordered
from parvis.core.processes.models import Contribution, ContributionQuerySet, Process
from parvis.core.processes.orders import ORDERS, Cursor, Order
from parvis.core.processes.pages import Card, DirectoryPage, ListPage
from parvis.core.processes.placing import is_name
from parvis.core.processes.procedures import PROCEDURES
from parvis.core.processes.views import Count, Row
from parvis.core.web.page import show
from parvis.core.web.parts import Chip, Choice, Facet, Pages, Step

PAGE = 30
FILTERS = {"espece": "kind", "article": "unit", "cote": "side", "etat": "state", "sort": "fate"}
"""The word of the address, and the column that it filters."""

TITLES = {
    "espece": "Espèce",
    "article": "Article",
    "cote": "Côté",
    "etat": "État",
    "sort": "Sort",
    "quand": "Quand",
    "procedure": "Procédure",
    "origine": "Origine",
    "echelle": "Échelle",
}
FATES = {value: label for value, label in Contribution.Fate.choices if value}
KEPT = (*FILTERS, "q", "tri", "sur")
PIECE = 2_000


class UnknownFilter(ParvisError):
    """A list was filtered by a value that it does not have."""


def contributions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """List what was contributed, 30 a page; what bears on another contribution is listed when it is asked."""
    process = views.process_or_404(request, slug)
    asked = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    try:
        here = _place(request, asked)
        found = filtered(process, asked)
    except ParvisError as refusal:
        raise Http404(str(refusal)) from refusal
    counts = views.counts_of(process)
    labels = views.labels_of(counts)
    order, start = here.order, orders.beginning(process.slug, here.day)
    total = _total(counts, asked)
    found = found.none() if total == 0 else found  # no walk along the whole list to find that there is nothing
    shown, more = found.page(order.slug, beginning=start, cursor=here.cursor, size=PAGE)
    cards = views.cards(shown, process, labels)
    page = ListPage(
        title=_title(total),
        debate=views.debate_line(process, at=timezone.now()),
        q=asked.get("q", ""),
        order=order,
        seed=orders.seed(process.slug, here.day) if order is orders.ROTATING else "",
        orders=tuple(_orders(asked, order)),
        total=total,
        cards=cards,
        facets=tuple(_facets(counts, labels, asked)),
        chips=tuple(_chips(asked, labels)),
        pages=Pages(_summary(len(shown), total), *here.pages(asked, shown, more=more)),
        every=lambda: _every(process, found, labels),
        kept=tuple((name, asked[name]) for name in KEPT if name in asked and name != "q"),
    )
    return show(request, "processes/contributions.html", page)


def _place(request: HttpRequest, asked: Mapping[str, str]) -> "_Place":
    order = orders.order_named(asked.get("tri", ""))
    cursor = orders.read_cursor(request.GET.get("apres", ""), request.GET.get("avant", ""))
    return _Place(order, cursor, day_read(request.GET.get("jour", "")) or timezone.localdate())


def day_read(written: str) -> date | None:
    """Return the day whose rotation is asked again, None for one that is not a day."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def filtered(process: Process, asked: Mapping[str, str]) -> ContributionQuerySet:
    """Return the contributions that an address asks for. Raises UnknownFilter."""
    found = Contribution.objects.told().filter(process=process)
    given = {column: asked[name] for name, column in FILTERS.items() if name in asked}
    _check(given, asked)
    found = found.filter(**given) if "state" in given else found.filter(state="published", **given)
    if "sur" in asked:
        found = found.filter(parent__number=int(asked["sur"]))
    elif "kind" not in given and "q" not in asked:
        found = found.filter(parent=None)
    return found.saying(process, asked["q"]) if "q" in asked else found


def _check(given: Mapping[str, str], asked: Mapping[str, str]) -> None:
    known: dict[str, Iterable[str]] = {
        "kind": KINDS.filled(),
        "side": SIDES,
        "state": Contribution.State.values,
        "fate": FATES,
    }
    for column, value in given.items():
        if column in known and value not in known[column]:
            raise UnknownFilter(f"« {value} » n'est pas une valeur de ce filtre : {', '.join(known[column])}.")
    if not is_name(given.get("unit", "")):
        raise UnknownFilter("Ce filtre d'article contient des signes qu'aucun article ne porte. Ôtez-le.")
    if not asked.get("sur", "1").isdecimal() or len(asked.get("sur", "")) > len("4294967295"):
        raise UnknownFilter(f"« {asked['sur']} » n'est pas le numéro d'une contribution.")


def _total(counts: list[Count], asked: Mapping[str, str]) -> int | None:
    """Return how many there are where the counts kept with the writes tell; else nothing counts them."""
    if not asked.keys() <= {"espece", "article", "cote", "tri"} or "espece" not in asked:
        return None
    chosen = (
        one.count
        for one in counts
        if one.kind == asked["espece"]
        and asked.get("article", one.unit) == one.unit
        and asked.get("cote", one.side) == one.side
    )
    return sum(chosen)


def _title(total: int | None) -> str:
    return "Contributions" if total is None else french.count(total, "contribution,contributions")


def _orders(asked: Mapping[str, str], chosen: Order) -> Iterator[Choice]:
    for order in ORDERS.values():
        yield Choice(order.title, None, address(asked, tri=order.slug), order is chosen)


def address(asked: Mapping[str, str], **changes: str) -> str:
    """Return the address of the list with some filters changed, taken away where they are empty."""
    kept = {name: value for name, value in {**asked, **changes}.items() if value}
    return f"?{urlencode(kept)}"


def _facets(counts: list[Count], labels: Mapping[str, str], asked: Mapping[str, str]) -> Iterator[Facet]:
    kinds, units = Counter(), Counter()
    for one in counts:
        kinds[one.kind] += one.count
        units[one.unit] += one.count
    known = ((kind.slug, kind.plural, kinds[kind.slug]) for kind in ordered() if kinds[kind.slug])
    yield _facet("espece", known, asked)
    named = sorted((uid for uid in units if uid), key=lambda uid: natural(labels.get(uid, uid)))
    if named:
        yield _facet("article", [(uid, labels.get(uid, uid), units[uid]) for uid in named], asked)
    yield _facet("cote", [(side, title, None) for side, title in SIDES.items()], asked)
    yield _facet("sort", [(fate, title, None) for fate, title in FATES.items()], asked)
    yield _facet("etat", [(value, f"{label}s", None) for value, label in Contribution.State.choices], asked)


def _facet(name: str, values: Iterable[tuple[str, str, int | None]], asked: Mapping[str, str]) -> Facet:
    chosen = asked.get(name)
    choices = (
        Choice(title, count, address(asked, **{name: "" if chosen == value else value}), chosen == value)
        for value, title, count in values
    )
    return Facet(TITLES[name], tuple(choices))


def natural(text: str) -> list[tuple[int, str]]:
    """Sort « Article 10 » after « Article 9 »."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"([0-9]+)", text)]


def _chips(asked: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[Chip]:
    known = {
        "espece": lambda value: KINDS[value].plural,
        "article": lambda value: labels.get(value, value),
        "cote": lambda value: SIDES[value],
        "etat": lambda value: Contribution.State(value).label,
        "sort": lambda value: FATES[value],
        "q": lambda value: f"« {value} »",
        "sur": lambda value: f"sur la n° {value}",
    }
    for name, value in asked.items():
        if name in known:
            yield Chip(known[name](value), address(asked, **{name: ""}))


@dataclass(frozen=True)
class _Place:
    """Where a page stands: in which order, begun on which day, from which contribution."""

    order: Order
    cursor: Cursor | None
    day: date

    def pages(self, asked: Mapping[str, str], shown: list[Row], *, more: bool) -> tuple[str | None, str | None]:
        """Return the addresses of the page before and of the page after."""
        turned = {"jour": self.day.isoformat()} if self.order is orders.ROTATING else {}
        is_back = self.cursor is not None and self.cursor.is_backwards
        has_before, has_after = (more, True) if is_back else (self.cursor is not None, more)
        before = address(asked, **turned, avant=place(self.order, shown[0])) if shown and has_before else None
        after = address(asked, **turned, apres=place(self.order, shown[-1])) if shown and has_after else None
        return before, after


def _summary(shown: int, total: int | None) -> str:
    of = f" sur {french.number(total)}" if total is not None else ""
    return f"{french.count(shown, 'contribution montrée,contributions montrées')}{of}"


def place(order: Order, one: Row) -> str:
    """Return a contribution's place in an order, as an address gives it."""
    keys = {"tour": one["draw"], "soutiens": one["supports"] + one["votes_for"]}
    return Cursor(keys.get(order.slug, one["number"]), one["number"]).written()


def _every(process: Process, found: ContributionQuerySet, labels: Mapping[str, str]) -> Iterator[Card]:
    """Yield every line of the list, by number, for CSV: read by pieces, whatever the length."""
    yield from (views.cards([one], process, labels)[0] for one in found.order_by("number").iterator(chunk_size=PIECE))


def directory(request: HttpRequest) -> HttpResponseBase:
    """List every debate, open ones first."""
    at = timezone.now()
    asked = {
        name: request.GET[name]
        for name in ("quand", "procedure", "origine", "echelle", "theme", "q")
        if request.GET.get(name)
    }
    every = list(_debates(asked, at))
    page = DirectoryPage(
        title="Tous les débats",
        lede="Passés, en cours et à venir, tenus ici ou ailleurs : qui les tient, sur quoi, ce qu'ils sont devenus.",
        debates=tuple(views.debate_line(one, at=at) for one in every),
        total=len(every),
        facets=tuple(_directory_facets(asked)),
        chips=tuple(_directory_chips(asked)),
        q=asked.get("q", ""),
        pages=Pages(french.count(len(every), "débat,débats"), None, None),
        may_open=may(views.OPEN, request),
        may_import=mandate_to(views.IMPORT, request) is not None,
        drafts=_drafts(request),
        kept=tuple((name, value) for name, value in asked.items() if name != "q"),
    )
    return show(request, "processes/debates.html", page)


def _debates(asked: Mapping[str, str], at: datetime) -> list[Process]:
    found = Process.objects.published().select_related("organisation")
    if asked.get("quand") in views.WHEN:
        found = found.held(when=asked["quand"], at=at)
    if asked.get("procedure") in PROCEDURES.filled():
        found = found.filter(procedure=asked["procedure"])
    if asked.get("origine") in ORIGINS:
        found = found.filter(is_archive=asked["origine"] == "ailleurs")
    for word in analyzer.asked(asked.get("q", "")):
        found = found.filter(_any(word))
    kept = [one for one in found if _is_about(one, asked)]
    rank = list(views.WHEN)
    return sorted(kept, key=lambda one: (rank.index(views.moment_of(one, at=at)), _recent(one), one.title))


def _recent(process: Process) -> float:
    return -(process.closes_at or process.created_at).timestamp()


def _any(word: tuple[str, ...]) -> Q:
    wanted = Q()
    for lexeme in word:
        wanted |= Q(words__contains=f" {lexeme} ")
    return wanted


def _is_about(process: Process, asked: Mapping[str, str]) -> bool:
    return all(
        asked[name] in metadata.values(process.metadata, key)
        for name, key in (("echelle", "scale"), ("theme", "subjects"))
        if name in asked
    )


ORIGINS = {"ici": "Tenus ici", "ailleurs": "Tenus ailleurs, importés"}


def _directory_facets(asked: Mapping[str, str]) -> Iterator[Facet]:
    procedures = {slug: one.title for slug, one in PROCEDURES.filled().items()}
    known = {"quand": views.WHEN, "procedure": procedures, "origine": ORIGINS, "echelle": metadata.SCALES}
    for name, values in known.items():
        yield _facet(name, ((value, label, None) for value, label in values.items()), asked)


def _directory_chips(asked: Mapping[str, str]) -> Iterator[Chip]:
    known = {"quand": views.WHEN, "origine": ORIGINS, "echelle": metadata.SCALES}
    for name, value in asked.items():
        if name == "procedure":
            found = PROCEDURES.filled().get(value)
            yield Chip(found.title if found else value, address(asked, procedure=""))
        else:
            yield Chip(known.get(name, {}).get(value, f"« {value} »"), address(asked, **{name: ""}))


def _drafts(request: HttpRequest) -> tuple[Step, ...]:
    if not may(views.OPEN, request):
        return ()
    drafts = Process.objects.filter(is_published=False).order_by("created_at")
    return tuple(Step(one.title, reverse("debate", args=[one.slug])) for one in drafts)
