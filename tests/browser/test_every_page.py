"""What holds on every page, at 1,280 and 320 px: reached by links, sound for axe, light, as narrow as the screen."""

import pytest
from django.contrib.admin import site as administration
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser

from browser.conftest import Site
from browser.crawling import Found
from browser.seeing import Seen, look

pytestmark = pytest.mark.browser

HOME_OCTETS, PAGE_OCTETS, REQUESTS = 150_000, 100_000, 15

BEHIND_A_DOOR = {
    # acts, opened by a mandate
    "claim",
    "claim-withdraw",
    "judge",
    "milestone-abandon",
    # one's own account
    "account",
    "logout",
    "password-change",
    "password-changed",
}


@pytest.fixture(scope="module")
def wide(chromium: Browser, site: Site, found: Found) -> dict[str, Seen]:
    return look(chromium, site.address, found.addresses(), viewport={"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def narrow(chromium: Browser, site: Site, found: Found) -> dict[str, Seen]:
    return look(chromium, site.address, found.addresses(), viewport={"width": 320, "height": 800})


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


def test_axe_finds_no_violation_on_a_wide_screen(wide: dict[str, Seen]) -> None:
    assert {address: seen.violations for address, seen in wide.items() if seen.violations} == {}


def test_axe_finds_no_violation_on_a_narrow_screen(narrow: dict[str, Seen]) -> None:
    assert {address: seen.violations for address, seen in narrow.items() if seen.violations} == {}


def test_axe_finds_no_violation_in_the_dark(chromium: Browser, site: Site, found: Found) -> None:
    """One page of each kind: contrasts are those of the theme, not of the page."""
    firsts = [addresses[0] for addresses in found.pages.values()]
    dark = look(chromium, site.address, firsts, viewport={"width": 1280, "height": 900}, color_scheme="dark")
    assert {address: seen.violations for address, seen in dark.items() if seen.violations} == {}


def test_no_page_scrolls_sideways_at_320_px(narrow: dict[str, Seen]) -> None:
    assert {address: seen.width for address, seen in narrow.items() if seen.width > 320} == {}


def test_pages_are_light(wide: dict[str, Seen]) -> None:
    """Octets transferred, cache empty: 150 kB for the front page, 100 kB for others; 15 requests."""
    heavy = {
        address: (seen.octets, len(seen.requests))
        for address, seen in wide.items()
        if seen.octets > (HOME_OCTETS if address == "/" else PAGE_OCTETS) or len(seen.requests) > REQUESTS
    }
    assert heavy == {}


def test_nothing_comes_from_elsewhere(site: Site, wide: dict[str, Seen]) -> None:
    assert [url for seen in wide.values() for url in seen.requests if not url.startswith(f"{site.address}/")] == []


def test_pages_say_the_same_without_javascript(
    chromium: Browser, site: Site, found: Found, wide: dict[str, Seen]
) -> None:
    firsts = [addresses[0] for addresses in found.pages.values()]
    plain = look(chromium, site.address, firsts, viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    assert [address for address in firsts if plain[address].words != wide[address].words] == []
