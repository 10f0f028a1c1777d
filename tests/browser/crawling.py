"""Follow every link of the site from its front page, some pages of each kind."""

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

from django.urls import Resolver404, resolve
from lxml import html

PAGES_A_KIND = 2
"""Pages of one URL name that are opened: a list and its filters lead to thousands."""


@dataclass
class Found:
    """What the crawl met."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    """Addresses of HTML pages, by URL name."""
    files: dict[str, list[str]] = field(default_factory=dict)
    """Addresses of anything else (CSV, JSON, Parquet, tiles), by URL name."""
    broken: list[str] = field(default_factory=list)
    """« status address, linked from address »."""

    def addresses(self) -> list[str]:
        return [address for addresses in self.pages.values() for address in addresses]


STARTS = ("/", "/plan/rendre-des-comptes/transparence-depense-et-comptes-publics/engagement-2/")
"""The front page, and the commitment that measures itself: it is always among those opened."""


def crawl(site: str) -> Found:
    """Read pages breadth first, as an anonymous reader."""
    found, seen, opened = Found(), set(STARTS), Counter[str]()
    waiting = deque((start, start) for start in STARTS)
    while waiting:
        address, origin = waiting.popleft()
        name = name_of(address)
        if opened[name] >= PAGES_A_KIND:
            continue
        opened[name] += 1
        for link in visit(site, address, origin, name, found):
            if link not in seen:
                seen.add(link)
                waiting.append((link, address))
    return found


def name_of(address: str) -> str:
    """Return the URL name of an address, with its format: a page and its CSV are two kinds."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return f"nothing at {parts.path}"
    return f"{match.view_name} {'?' + parts.query if 'format=' in parts.query else ''}".strip()


def visit(site: str, address: str, origin: str, name: str, found: Found) -> list[str]:
    """Open an address, file it, and return the links of the page."""
    try:
        with urlopen(Request(site + address, headers={"Accept": "text/html,*/*"}), timeout=60) as answer:
            kind, body = answer.headers.get_content_type(), answer.read(2_000_000)
    except HTTPError as error:
        found.broken.append(f"{error.code} {address}, linked from {origin}")
        return []
    if kind != "text/html":
        found.files.setdefault(name, []).append(address)
        return []
    found.pages.setdefault(name, []).append(address)
    return links(body, site, address)


def links(body: bytes, site: str, address: str) -> list[str]:
    """Return the addresses of this site that a page links to, fragments left out."""
    whole = [urljoin(site + address, link) for link in html.fromstring(body).xpath("//main//a/@href | //nav//a/@href")]
    inside = [urlsplit(link) for link in whole if link.startswith(f"{site}/")]
    return [f"{link.path}?{link.query}" if link.query else link.path for link in inside]
