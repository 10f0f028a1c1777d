"""Red flags over OCDS compiled releases, with the results of OCDS Cardinal for the same settings.

All of Cardinal's eleven flags are here; its published examples of R003, R018, R024, R025, R028 and R035 are checked,
and the others follow its documentation. They need bids, which OCDS files may hold and French essential data do not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any, Final

from parvis.accountability.registers.procurement.flags.settings import Settings, number, refuse_unknown_options
from parvis.core.errors import ParvisError
from parvis.core.finding.fences import fences, quantile

Release = Mapping[str, Any]
Results = dict[str, dict[str, dict[str, float]]]
"""Group (OCID, Buyer, ProcuringEntity, Tenderer) -> identifier -> code -> value."""

Hits = Iterator[tuple[str, str, float]]
"""Group, identifier, value."""

RFC_3339: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
SUBMITTED: Final = ("pending", "valid", "disqualified")
FINAL: Final = ("active", "cancelled", "unsuccessful")


class UnknownFlag(ParvisError):
    """Settings name a flag that is not implemented."""


def every() -> Settings:
    """Return the settings of all the flags, each with its own defaults."""
    return {"*": {}} | {code: {} for code in COMPUTED}


def indicators(releases: Iterable[Release], chosen: Settings) -> Results:
    """Compute the flags that the settings name, as Cardinal's `indicators --no-meta` does."""
    refuse_unknown(chosen)
    kept = list(releases)
    results: Results = {}
    for code in (name for name in chosen if name != "*"):
        for group, identifier, value in COMPUTED[code](kept, {**chosen["*"], **chosen[code]}):
            results.setdefault(group, {}).setdefault(identifier, {})[code] = value
    return results


def refuse_unknown(chosen: Settings) -> None:
    """Refuse settings that would be left aside in silence."""
    flags = sorted(chosen.keys() - COMPUTED.keys() - {"*"})
    if flags:
        raise UnknownFlag(f"Signal inconnu : {', '.join(flags)}. Signaux possibles : {', '.join(COMPUTED)}.")
    refuse_unknown_options(chosen)


def short_period(releases: Sequence[Release], options: Mapping[str, str]) -> Hits:
    """R003: fewer whole days to bid than the threshold (15)."""
    methods = options.get("procurement_methods")
    for release in releases:
        tender = release.get("tender") or {}
        period = tender.get("tenderPeriod") or {}
        days = whole_days(period.get("startDate"), period.get("endDate"))
        if methods is not None and tender.get("procurementMethod") not in methods.split("|"):
            continue
        if days is not None and days < number(options, "threshold", 15):
            yield "OCID", release["ocid"], 1.0


def whole_days(start: object, end: object) -> int | None:
    """Count the whole days between two instants; None unless both are instants."""
    if not (isinstance(start, str) and isinstance(end, str) and RFC_3339.fullmatch(start) and RFC_3339.fullmatch(end)):
        return None
    return int((datetime.fromisoformat(end) - datetime.fromisoformat(start)) / timedelta(days=1))


def single_bid(releases: Sequence[Release], options: Mapping[str, str]) -> Hits:
    """R018: one tenderer, in an open or selective procedure."""
    methods = options.get("procurement_methods", "open|selective").split("|")
    for release in releases:
        tender = release.get("tender") or {}
        if tender.get("numberOfTenderers") == 1 and tender.get("procurementMethod") in methods:
            yield "OCID", release["ocid"], 1.0


def close_price(releases: Sequence[Release], options: Mapping[str, str]) -> Hits:
    """R024: the second lowest valid bid is very close to the winning one."""
    found = dict(second_lowest(releases, options.get("currency")))
    if not found:
        return
    bounds = fences([gap for gap, _ in found.values()])
    low = number(options, "threshold", bounds.low)
    if "threshold" not in options and (bounds.q1 <= 0 or low <= 0):
        return  # three quarters would be flagged
    for ocid, (gap, tenderers) in found.items():
        if gap <= low:
            yield "OCID", ocid, gap
            for tenderer in tenderers:
                yield "Tenderer", tenderer, 0.0


def second_lowest(
    releases: Sequence[Release], currency: str | None
) -> Iterator[tuple[str, tuple[float, tuple[str, str]]]]:
    """Give, by process, how far the second lowest bid is from the winning one, and both tenderers.

    Only where the lowest bid won: the price is then likely the only criterion. One currency: the one set, or the first
    met.
    """
    for release in releases:
        winner = sole_winner(release)
        lowest: dict[str, float] = {}
        for tenderer, amount, unit in priced(release) if winner is not None else ():
            currency = currency or unit
            if unit == currency:
                lowest[tenderer] = min(amount, lowest.get(tenderer, amount))
        if winner not in lowest or len(lowest) < 2 or winner is None:
            continue
        won = lowest.pop(winner)
        second = min(lowest, key=lowest.__getitem__)
        if lowest[second] >= won > 0:
            yield release["ocid"], ((lowest[second] - won) / won, (winner, second))


def priced(release: Release) -> Iterator[tuple[str, float, str]]:
    """Give the tenderer, amount and currency of each valid bid by one tenderer alone."""
    for bid in bids(release, ("valid",)):
        value, tenderers = bid.get("value") or {}, ids(bid.get("tenderers"))
        if len(tenderers) == 1 and isinstance(value.get("amount"), int | float) and value.get("currency"):
            yield tenderers[0], float(value["amount"]), value["currency"]


def large_discount(releases: Sequence[Release], options: Mapping[str, str]) -> Hits:
    """R058: the second lowest valid bid is far above the winning one."""
    found = dict(second_lowest(releases, options.get("currency")))
    if not found:
        return
    high = number(options, "threshold", fences([gap for gap, _ in found.values()]).high)
    for ocid, (gap, (winner, _)) in found.items():
        if gap >= high > 0:
            yield "OCID", ocid, gap
            yield "Tenderer", winner, 0.0


def often_loses(releases: Sequence[Release], options: Mapping[str, str]) -> Hits:
    """R025: a tenderer who bids much wins very seldom. The value is the share won."""
    valid: Counter[str] = Counter()
    won: Counter[str] = Counter()
    for release in releases:
        winner = sole_winner(release)
        if winner is None:
            continue
        present = {
            ids(bid["tenderers"])[0] for bid in bids(release, ("valid",)) if len(ids(bid.get("tenderers"))) == 1
        }
        valid.update(present)
        won.update(present & {winner})
    shares = {tenderer: won[tenderer] / count for tenderer, count in valid.items()}
    if not shares:
        return
    bounds = fences(list(shares.values()))
    many = quantile(list(valid.values()), number(options, "percentile", 75) / 100)
    low = number(options, "threshold", bounds.low)
    if "threshold" not in options and (bounds.q1 <= 0 or low <= 0):
        return
    for tenderer, share in shares.items():
        if valid[tenderer] >= many and share <= low:
            yield "Tenderer", tenderer, share


def same_price(releases: Sequence[Release], _options: Mapping[str, str]) -> Hits:
    """R028: different tenderers submitted the same price."""
    for release in releases:
        prices: dict[tuple[float, str], list[frozenset[str]]] = defaultdict(list)
        for bid in bids(release, SUBMITTED):
            value, tenderers = bid.get("value") or {}, frozenset(ids(bid.get("tenderers")))
            if tenderers and isinstance(value.get("amount"), int | float) and value.get("currency"):
                prices[value["amount"], value["currency"]].append(tenderers)
        pairs = [pair for held in prices.values() for pair in combinations(held, 2) if pair[0] != pair[1]]
        if pairs:
            yield "OCID", release["ocid"], 1.0
        for tenderer in sorted({name for pair in pairs for side in pair for name in side}):
            yield "Tenderer", tenderer, 1.0


def late_bid(releases: Sequence[Release], _options: Mapping[str, str]) -> Hits:
    """R030: a winner's valid bid is dated after the deadline."""
    for release in releases:
        deadline = ((release.get("tender") or {}).get("tenderPeriod") or {}).get("endDate")
        active = [award for award in release.get("awards") or () if award.get("status") == "active"]
        winners = {supplier for award in active for supplier in ids(award.get("suppliers"))}
        late = {
            tenderer
            for bid in bids(release, ("valid",))
            if is_after(bid.get("date"), deadline)
            for tenderer in ids(bid.get("tenderers"))
        }
        if late & winners:
            yield "OCID", release["ocid"], 1.0
        for tenderer in sorted(late & winners):
            yield "Tenderer", tenderer, 1.0


def is_after(instant: object, deadline: object) -> bool:
    """Whether an instant comes after another, both being known."""
    if not (isinstance(instant, str) and isinstance(deadline, str)):
        return False
    if not (RFC_3339.fullmatch(instant) and RFC_3339.fullmatch(deadline)):
        return False
    return datetime.fromisoformat(instant) > datetime.fromisoformat(deadline)


def lowest_disqualified(releases: Sequence[Release], options: Mapping[str, str]) -> Hits:
    """R036: the lowest submitted bid is disqualified, and another is valid."""
    currency = options.get("currency")
    for release in releases:
        offers = []
        for bid in bids(release, SUBMITTED):
            value = bid.get("value") or {}
            currency = currency or value.get("currency")
            if isinstance(value.get("amount"), int | float) and value.get("currency") == currency:
                offers.append((value["amount"], bid["status"]))
        awarded = any(award.get("status") == "active" for award in release.get("awards") or ())
        has_valid = any(status == "valid" for _, status in offers)
        if awarded and has_valid and min(offers, key=lambda offer: offer[0])[1] == "disqualified":
            yield "OCID", release["ocid"], 1.0


def often_disqualified(releases: Sequence[Release], options: Mapping[str, str]) -> Hits:
    """R038: a very large share of the bids of a buyer, a procuring entity or a tenderer is disqualified."""
    minima = {"Tenderer": number(options, "minimum_submitted_bids", 2)}
    submitted: Counter[tuple[str, str]] = Counter()
    disqualified: Counter[tuple[str, str]] = Counter()
    for release in releases:
        for bid in bids(release, SUBMITTED):
            for concerned in parties(release, bid):
                submitted[concerned] += 1
                disqualified[concerned] += bid["status"] == "disqualified"
    for group in ("Buyer", "ProcuringEntity", "Tenderer"):
        minimum = minima.get(group, number(options, "minimum_contracting_processes", 2))
        shares = {
            name: disqualified[kind, name] / count
            for (kind, name), count in submitted.items()
            if kind == group and count >= minimum
        }
        high = number(options, "threshold", fences(list(shares.values())).high) if shares else 0.0
        yield from ((group, name, share) for name, share in shares.items() if share >= high > 0)


def parties(release: Release, bid: Release) -> Iterator[tuple[str, str]]:
    """Give the group and identifier of those whom a bid concerns."""
    for name in ids([release.get("buyer") or {}]):
        yield "Buyer", name
    for name in ids([(release.get("tender") or {}).get("procuringEntity") or {}]):
        yield "ProcuringEntity", name
    for name in ids(bid.get("tenderers")):
        yield "Tenderer", name


def others_disqualified(releases: Sequence[Release], options: Mapping[str, str]) -> Hits:
    """R035: only the winner's bids are valid, and others' were disqualified. The value is the number of others."""
    threshold = max(number(options, "threshold", 1), 1)
    for release in releases:
        awards = final_awards(release)
        winners = {supplier for award in awards or () for supplier in ids(award.get("suppliers"))}
        valid, disqualified = (
            {tenderer for bid in bids(release, (status,)) for tenderer in ids(bid.get("tenderers"))}
            for status in ("valid", "disqualified")
        )
        others = disqualified - valid
        if len(valid) == 1 and valid == winners and len(others) >= threshold:
            yield "OCID", release["ocid"], float(len(others))
            yield "Tenderer", next(iter(valid)), 0.0


def heterogeneous(releases: Sequence[Release], options: Mapping[str, str]) -> Hits:
    """R048: a tenderer is awarded items of very many kinds. The value is their number."""
    digits, minimum = int(number(options, "digits", 2)), number(options, "minimum_contracting_processes", 20)
    kinds: dict[str, set[str]] = defaultdict(set)
    processes: dict[str, set[str]] = defaultdict(set)
    for release in releases:
        for supplier, classification in classified(release):
            kinds[supplier].add(classification[:digits])
            processes[supplier].add(release["ocid"])
    varieties = {supplier: len(kinds[supplier]) for supplier in kinds if len(processes[supplier]) >= minimum}
    if not varieties:
        return
    high = number(options, "threshold", fences(list(varieties.values())).high)
    for supplier, variety in varieties.items():
        if variety >= high:
            yield "Tenderer", supplier, float(variety)


def classified(release: Release) -> Iterator[tuple[str, str]]:
    """Give the supplier and the classification of each item of an active award to one supplier alone."""
    for award in release.get("awards") or ():
        suppliers = ids(award.get("suppliers"))
        if award.get("status") == "active" and len(suppliers) == 1:
            for item in award.get("items") or ():
                classification = (item.get("classification") or {}).get("id")
                if isinstance(classification, str):
                    yield suppliers[0], classification


def final_awards(release: Release) -> list[Release] | None:
    """Return the active awards, or None while an award is pending or of unknown status, or where no bid is given."""
    awards = release.get("awards") or []
    if not awards or not bids(release, None) or any(award.get("status") not in FINAL for award in awards):
        return None
    return [award for award in awards if award["status"] == "active"]


def sole_winner(release: Release) -> str | None:
    """Return the only supplier of the only active award: bids then compete for the same things."""
    awards = final_awards(release)
    if awards is None or len(awards) != 1 or len(suppliers := ids(awards[0].get("suppliers"))) != 1:
        return None
    return suppliers[0]


def bids(release: Release, statuses: tuple[str, ...] | None) -> list[Release]:
    """Return the bids of these statuses, or all of them."""
    details = (release.get("bids") or {}).get("details") or []
    return [bid for bid in details if statuses is None or bid.get("status") in statuses]


def ids(organizations: object) -> list[str]:
    """Return the identifiers of organization references, those without one left out."""
    listed = organizations if isinstance(organizations, list) else []
    return [each["id"] for each in listed if isinstance(each.get("id"), str)]


COMPUTED: Final[Mapping[str, Callable[[Sequence[Release], Mapping[str, str]], Hits]]] = {
    "R003": short_period,
    "R018": single_bid,
    "R024": close_price,
    "R025": often_loses,
    "R028": same_price,
    "R030": late_bid,
    "R035": others_disqualified,
    "R036": lowest_disqualified,
    "R038": often_disqualified,
    "R048": heterogeneous,
    "R058": large_discount,
}
