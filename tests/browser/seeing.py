"""Open pages in a window and note what a test may ask of each: violations, width, weight, words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Response, ViewportSize

RUN_AXE = """() => axe.run({rules: {"target-size": {enabled: true}}, resultTypes: ["violations"]}).then(
    found => found.violations.flatMap(rule => rule.nodes.slice(0, 3).map(node => `${rule.id} ${node.target}`)))"""
"""All of axe-core's rules, and the one of WCAG 2.2 that it leaves off: targets of 24 px, or that room around them."""

SCRIPTED = ("Copier", "Garder mes réponses dans ce navigateur")
"""Buttons that scripts add: to copy, to keep in this browser."""

PATIENCE = 60_000
"""Milliseconds that no page takes: after them something is stuck, however busy the machine."""

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 800}


@dataclass(frozen=True)
class Seen:
    """A page, opened once on a wide screen with an empty cache, then narrowed."""

    octets: int
    """What crossed the wire, heads included."""
    requests: tuple[str, ...]
    elements: int
    words: str
    """The text of the content, without spaces."""
    wide: tuple[str, ...]
    """Violations at 1,280 px."""
    narrow: tuple[str, ...]
    """Violations at 320 px."""
    needed: int
    """Pixels that the document needs at 320 px."""


@dataclass(frozen=True)
class Window:
    """A page and all the answers that it was sent."""

    page: Page
    answers: list[Response] = field(default_factory=list)

    def octets(self) -> int:
        return sum(weight(answer) for answer in self.answers)


@contextmanager
def window(chromium: Browser, site: str, **options: Any) -> Iterator[Window]:
    """Open a window of its own: nothing is kept from one page to the next."""
    context = chromium.new_context(base_url=site, locale="fr-FR", reduced_motion="reduce", viewport=WIDE, **options)
    context.set_default_timeout(PATIENCE)
    opened = Window(context.new_page())
    opened.page.on("response", lambda answer: opened.answers.append(answer))  # noqa: PLW0108 -- playwright marks it
    yield opened
    context.close()


def see(chromium: Browser, site: str, address: str) -> Seen:
    """Open an address once and note everything that can be seen of it."""
    with window(chromium, site) as opened:
        page = opened.page
        page.goto(address, wait_until="load")
        octets, requests = opened.octets(), tuple(answer.url for answer in opened.answers)
        elements, said = page.evaluate("document.querySelectorAll('*').length"), words(page)
        page.evaluate(AXE_SCRIPT)
        wide = page.evaluate(RUN_AXE)
        page.set_viewport_size(NARROW)
        needed = page.evaluate("document.scrollingElement.scrollWidth")
        return Seen(octets, requests, elements, said, tuple(wide), tuple(page.evaluate(RUN_AXE)), needed)


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page as it is now: violations on both screens, and scrolling sideways."""
    page.evaluate(AXE_SCRIPT)
    found = [f"{WIDE['width']} px: {one}" for one in page.evaluate(RUN_AXE)]
    page.set_viewport_size(NARROW)
    found += [f"{NARROW['width']} px: {one}" for one in page.evaluate(RUN_AXE)]
    needed = page.evaluate("document.scrollingElement.scrollWidth")
    page.set_viewport_size(WIDE)
    return found + ([f"{needed} px needed"] if needed > NARROW["width"] else [])


def see_in_the_dark(chromium: Browser, site: str, address: str) -> list[str]:
    """Return the violations of an address in the dark theme."""
    with window(chromium, site, color_scheme="dark") as opened:
        opened.page.goto(address, wait_until="load")
        opened.page.evaluate(AXE_SCRIPT)
        return list(opened.page.evaluate(RUN_AXE))


def read_plainly(chromium: Browser, site: str, addresses: list[str]) -> dict[str, str]:
    """Return the words of each address in a browser without JavaScript."""
    with window(chromium, site, java_script_enabled=False) as opened:
        return {address: words(goto(opened.page, address)) for address in addresses}


def goto(page: Page, address: str) -> Page:
    page.goto(address, wait_until="load")
    return page


def words(page: Page) -> str:
    """Return the content's words without spaces, less the buttons of what a script alone can do."""
    said = page.locator("main").inner_text()
    for button in SCRIPTED:
        said = said.replace(button, "")
    return "".join(said.split())


def weight(answer: Response) -> int:
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
