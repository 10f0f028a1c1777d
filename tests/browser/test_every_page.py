"""What holds on every page, at 1,280 and 320 px: reached by links, sound for axe, light, as narrow as the screen."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.admin import site as administration
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, Page, Response

from browser.conftest import Site
from browser.crawling import Found

pytestmark = pytest.mark.browser

WIDTHS = (1280, 320)
HOME_BYTES, PAGE_BYTES, REQUESTS, NODES = 150_000, 100_000, 15, 1_500

BEHIND_A_DOOR = {
    # reached after signing in, or by a form
    "account",
    "logout",
    "password-change",
    "password-changed",
}


def open_page(chromium: Browser, site: Site, width: int) -> Page:
    context = chromium.new_context(
        base_url=site.address, locale="fr-FR", viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    return context.new_page()


def test_no_link_is_broken(found: Found) -> None:
    assert found.broken == []


def test_every_address_can_be_reached_from_the_front_page(found: Found) -> None:
    reached = {name.split(" ")[0] for name in (*found.pages, *found.files)}
    assert sorted(set(names(get_resolver())) - reached - BEHIND_A_DOOR) == []


def names(resolver: URLResolver, namespace: str = "") -> list[str]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(f"{namespace}{entry.name or entry.pattern}")
        elif entry.namespace != administration.name:
            found += names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation(chromium: Browser, site: Site, found: Found, width: int) -> None:
    page, axe, violations = open_page(chromium, site, width), Axe(), {}
    for address in found.addresses():
        page.goto(address)
        if seen := axe.run(page).response["violations"]:
            violations[address] = [
                {"rule": one["id"], "where": [node["target"] for node in one["nodes"]][:3]} for one in seen
            ]
    assert violations == {}, json.dumps(violations, indent=1, ensure_ascii=False)


def test_no_page_scrolls_sideways_at_320_px(chromium: Browser, site: Site, found: Found) -> None:
    page, wide = open_page(chromium, site, 320), {}
    for address in found.addresses():
        page.goto(address)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > 320:
            wide[address] = width
    assert wide == {}


def test_targets_are_24_px_or_apart(chromium: Browser, site: Site, found: Found) -> None:
    """WCAG 2.2, 2.5.8: a target smaller than 24 px needs that room around it; links inside a sentence are exempt."""
    page, axe, small = open_page(chromium, site, 320), Axe(), {}
    for address in found.addresses():
        page.goto(address)
        options = {"runOnly": {"type": "rule", "values": ["target-size"]}, "rules": {"target-size": {"enabled": True}}}
        if seen := axe.run(page, options=options).response["violations"]:
            small[address] = [node["target"] for one in seen for node in one["nodes"]][:5]
    assert small == {}


def test_pages_are_light(chromium: Browser, site: Site, found: Found) -> None:
    """Bytes transferred, cache empty: 150 kB for the front page, 100 kB for others; 15 requests; no third party."""
    heavy = {}
    for address in found.addresses():
        octets, requests = weigh(chromium, site, address)
        if octets > (HOME_BYTES if address == "/" else PAGE_BYTES) or requests > REQUESTS:
            heavy[address] = (octets, requests)
    assert heavy == {}


def weigh(chromium: Browser, site: Site, address: str) -> tuple[int, int]:
    page = open_page(chromium, site, 1280)
    answers: list[Response] = []
    page.on("response", answers.append)
    page.goto(address, wait_until="networkidle")
    assert all(answer.url.startswith(site.address) for answer in answers)
    octets = sum(
        sum(answer.request.sizes()[side] for side in ("responseBodySize", "responseHeadersSize")) for answer in answers
    )
    page.context.close()
    return octets, len(answers)


def test_pages_read_without_javascript_hold_the_same_words(chromium: Browser, site: Site, found: Found) -> None:
    with_script = open_page(chromium, site, 1280)
    context = chromium.new_context(base_url=site.address, locale="fr-FR", java_script_enabled=False)
    without = context.new_page()
    for addresses in found.pages.values():
        with_script.goto(addresses[0])
        without.goto(addresses[0])
        words = with_script.locator("main").inner_text().replace("Copier", "").split()
        assert without.locator("main").inner_text().split() == words
