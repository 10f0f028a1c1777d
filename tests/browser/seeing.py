"""Open pages in a window and note what a test may ask of each: violations, width, weight, words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

AXE = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""All of axe-core's rules, and the one of WCAG 2.2 that it leaves off: targets of 24 px, or that room around them."""


@dataclass(frozen=True)
class Seen:
    """A page, as one window shows it."""

    violations: tuple[str, ...]
    width: int
    """Pixels that the document needs."""
    octets: int
    """What crossed the wire, heads included, with an empty cache."""
    requests: tuple[str, ...]
    words: str
    """The text of the content, without spaces."""


def look(chromium: Browser, site: str, addresses: Iterable[str], **window: Any) -> dict[str, Seen]:
    """Open each address in a window of its own, cache empty."""
    return {address: see(chromium, site, address, window) for address in addresses}


def see(chromium: Browser, site: str, address: str, window: dict[str, Any]) -> Seen:
    context = chromium.new_context(base_url=site, locale="fr-FR", reduced_motion="reduce", **window)
    answers: list[Response] = []
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- playwright marks what it is given
    page.goto(address, wait_until="load")
    noted = Seen(
        violations(page) if window.get("java_script_enabled", True) else (),
        page.evaluate("document.scrollingElement.scrollWidth"),
        sum(weight(answer) for answer in answers),
        tuple(answer.url for answer in answers),
        "".join(page.locator("main").inner_text().replace("Copier", "").split()),
    )
    context.close()
    return noted


def violations(page: Page) -> tuple[str, ...]:
    found = Axe().run(page, options=AXE).response["violations"]
    return tuple(f"{rule['id']} {node['target']}" for rule in found for node in rule["nodes"][:3])


def weight(answer: Response) -> int:
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
