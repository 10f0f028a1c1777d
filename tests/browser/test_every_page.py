"""What holds on every page, at 1,280 and 320 px: reached by links, sound for axe, light, as narrow as the screen.

Each kind of page is opened once, the longest of its kind; everything is noted in that one visit.
"""

import pytest
from django.contrib.admin import site as administration
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser

from browser.conftest import Site
from browser.crawling import STARTS, Found
from browser.seeing import Seen, read_plainly, see, see_in_the_dark

pytestmark = pytest.mark.browser

HOME_OCTETS, PAGE_OCTETS, REQUESTS, ELEMENTS = 150_000, 100_000, 15, 1_500

BEHIND_A_DOOR = {
    # acts, opened by a mandate
    "answer-correct",
    "answer-maintain",
    "answer-write",
    "answers-desk",
    "answers-near",
    "appeal-decide",
    "claim",
    "claim-withdraw",
    "debate-dates",
    "debate-open",
    "debate-publish",
    "import",
    "import-send",
    "imports",
    "judge",
    "milestone-abandon",
    "milestone-resume",
    "moderation-decide",
    "moderation-queue",
    "poll-open",
    "reply-withdraw",
    # acts of a person on what is theirs
    "answer-contest",
    "appeal",
    "contribution-edit",
    "contribution-follow",
    "contribution-withdraw",
    "debate-follow",
    # forms that are sent only: a ballot has no page
    "contribution-vote",
    "vote",
    # one's own account
    "account",
    "account-data",
    "address",
    "erase",
    "erased",
    "logout",
    "logout-everywhere",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_remove_webauthn",
    "name",
    "password-change",
    "password-changed",
    # one proves again who one is; the passkey of someone who signs in
    "account_reauthenticate",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
    # links of mails, and what follows a form that sends one
    "address-link",
    "mail-sent",
    "password-link",
    "sign-up-link",
    # an identity provider, that the demonstration has not; allauth's name for the page « login »
    "account_login",
    "provider",
    "provider-callback",
    "socialaccount_signup",
    # the demonstration publishes no calculation: test_simulators.py does, and looks at these pages
    "run",
    "run-erase",
    "run-file",
    "run-publish",
    # a receipt has an address that nobody guesses
    "receipt",
    # what the demonstration has not: verdicts in pairs, a number counted by a function, a record refused whole
    "log-hidden",
    "measure-program",
    "register-refused",
    # programs compute these addresses: C2SP tlog-tiles from the checkpoint, Ninja's from its document
    "log-tile",
    "api:api-root",
}

IN_THE_DARK = (*STARTS, "/registres/procurement/lignes/", "/registres/procurement/defauts/", "/journal/")
"""Pages that hold, between them, all components: contrasts are those of the theme, not of the page."""


@pytest.fixture(scope="module")
def seen(chromium: Browser, site: Site, found: Found) -> dict[str, Seen]:
    return {address: see(chromium, site.address, address) for address in found.richest()}


def test_no_link_is_broken(found: Found) -> None:
    assert found.broken == []


def test_every_address_can_be_reached_from_the_front_page(found: Found) -> None:
    """Pages and files by links; operations of the API by the document that is linked."""
    linked = {name.split(" ")[0] for name in (*found.pages, *found.files)}
    described = {f"api:{operation}" for operation in found.operations}
    assert sorted(set(names(get_resolver())) - linked - described - BEHIND_A_DOOR) == []


def names(resolver: URLResolver, namespace: str = "") -> list[str]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(f"{namespace}{entry.name or entry.pattern}")
        elif entry.namespace != administration.name:
            found += names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
    return found


def test_axe_finds_no_violation_on_a_wide_screen(seen: dict[str, Seen]) -> None:
    assert {address: page.wide for address, page in seen.items() if page.wide} == {}


def test_axe_finds_no_violation_on_a_narrow_screen(seen: dict[str, Seen]) -> None:
    assert {address: page.narrow for address, page in seen.items() if page.narrow} == {}


def test_axe_finds_no_violation_in_the_dark(chromium: Browser, site: Site) -> None:
    dark = {address: see_in_the_dark(chromium, site.address, address) for address in IN_THE_DARK}
    assert {address: violations for address, violations in dark.items() if violations} == {}


def test_no_page_scrolls_sideways_at_320_px(seen: dict[str, Seen]) -> None:
    assert {address: page.needed for address, page in seen.items() if page.needed > 320} == {}


def test_pages_are_light(seen: dict[str, Seen]) -> None:
    """Octets transferred, cache empty: 150 kB for the front page, 100 kB for others; 15 requests; 1,500 elements."""
    heavy = {
        address: (page.octets, len(page.requests), page.elements)
        for address, page in seen.items()
        if page.octets > (HOME_OCTETS if address == "/" else PAGE_OCTETS)
        or len(page.requests) > REQUESTS
        or page.elements > ELEMENTS
    }
    assert heavy == {}


def test_nothing_comes_from_elsewhere(site: Site, seen: dict[str, Seen]) -> None:
    assert [url for page in seen.values() for url in page.requests if not url.startswith(f"{site.address}/")] == []


def test_pages_say_the_same_without_javascript(chromium: Browser, site: Site, seen: dict[str, Seen]) -> None:
    """The site lives while it is read: what differs from the first visit is read again, both ways, at once."""
    plain = read_plainly(chromium, site.address, list(seen))
    changed = [address for address, page in seen.items() if plain[address] != page.words]
    now = {address: see(chromium, site.address, address).words for address in changed}
    again = read_plainly(chromium, site.address, changed)
    assert [address for address in changed if again[address] != now[address]] == []
