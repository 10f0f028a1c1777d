"""Follow every link of the site from its front page, some pages of each kind."""

import json
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.error import HTTPError
from urllib.parse import parse_qs, urljoin, urlsplit
from urllib.request import Request, urlopen

from django.urls import Resolver404, resolve
from lxml import html

from browser.living import LIVED

PAGES_A_KIND = 2
"""Pages of one URL name that are opened: a list and its filters lead to thousands."""

ALL = 100
MORE = {"debate": ALL, "register-flag": ALL, "register-release": ALL, "poll": ALL}
"""Kinds of which all are opened: some debates alone have a survey, some flags leads, some votes an outside system."""


@dataclass
class Found:
    """What the crawl met."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    """Addresses of HTML pages, by URL name, the longest first: it has the most to be judged."""
    files: dict[str, list[str]] = field(default_factory=dict)
    """Addresses of anything else (CSV, JSON, Parquet, tiles), by URL name."""
    operations: set[str] = field(default_factory=set)
    """Operations of the API that its document, linked from a page, describes to a program."""
    broken: list[str] = field(default_factory=list)
    """« status address, linked from address »."""

    def richest(self) -> list[str]:
        """Return one page of each kind, the longest."""
        return [addresses[0] for addresses in self.pages.values()]


STARTS = (
    "/",
    "/plan/rendre-des-comptes/transparence-depense-et-comptes-publics/engagement-2/",
    *(f"/debats/{LIVED}/{page}" for page in ("", "contributions/1/", "contributions/2/")),
)
"""The front page, and pages that are always among those opened: a commitment that measures itself, a debate that was
lived, one of its contributions that was voted and answered, one that waits for its answer."""

OPENAPI = "api:openapi-json"


def crawl(site: str) -> Found:
    """Read pages breadth first, as an anonymous reader."""
    found, seen, opened, lengths = Found(), set(STARTS), Counter[str](), dict[str, int]()
    waiting = deque((start, start) for start in STARTS)
    while waiting:
        address, origin = waiting.popleft()
        name = name_of(address)
        if opened[name] >= MORE.get(name, PAGES_A_KIND):
            continue
        opened[name] += 1
        body = visit(site, address, origin, name, found)
        lengths[address] = len(body)
        fresh = [link for link in dict.fromkeys(links(body, site, address)) if link not in seen]
        seen.update(fresh)
        waiting.extend((link, address) for link in fresh)
    for addresses in found.pages.values():
        addresses.sort(key=lambda address: (address not in STARTS, -lengths[address]))
    return found


def name_of(address: str) -> str:
    """Return the URL name of an address, with its format: a page and its CSV are two kinds."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return f"nothing at {parts.path}"
    formats = parse_qs(parts.query).get("format", [])
    return f"{match.view_name} {' '.join(formats)}".strip()


def visit(site: str, address: str, origin: str, name: str, found: Found) -> bytes:
    """Open an address, file it, and return the page, or nothing where it is not one."""
    try:
        with urlopen(Request(site + address, headers={"Accept": "text/html,*/*"}), timeout=60) as answer:
            kind, body = answer.headers.get_content_type(), answer.read(2_000_000)
    except HTTPError as error:
        found.broken.append(f"{error.code} {address}, linked from {origin}")
        return b""
    if kind != "text/html":
        found.files.setdefault(name, []).append(address)
        found.operations |= operations(body) if name == OPENAPI else set()
        return b""
    found.pages.setdefault(name, []).append(address)
    return body


def operations(document: bytes) -> set[str]:
    """Return the operations that an OpenAPI document describes."""
    described = json.loads(document)
    return {operation["operationId"] for path in described["paths"].values() for operation in path.values()}


def links(body: bytes, site: str, address: str) -> list[str]:
    """Return the addresses of this site that a page links to, fragments left out."""
    if not body:
        return []
    whole = [urljoin(site + address, link) for link in html.fromstring(body).xpath("//main//a/@href | //nav//a/@href")]
    inside = [urlsplit(link) for link in whole if link.startswith(f"{site}/")]
    return [f"{link.path}?{link.query}" if link.query else link.path for link in inside]
