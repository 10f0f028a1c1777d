"""What people do again and again: sign in, read their mail, go somewhere by the keyboard alone."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from browser.conftest import Site

PARIS = ZoneInfo("Europe/Paris")
MOST_TABS = 300


def sign_in(page: Page, site: Site, who: str) -> None:
    account = site.accounts[who]
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(account.email)
    page.get_by_label("Mot de passe").fill(account.password)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("button", name="Se déconnecter").first).to_be_visible()


def link_sent_to(address: str, home: Path) -> str:
    """Return the link of the last mail sent to an address; a demonstration's mails are files."""
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in by_age(home / "mail")]
    mine = [mail.get_content() for mail in mails if mail["To"] == address]
    return re.findall(r"http://\S+", mine[-1])[0]


def by_age(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something holds the focus, and check that the focus shows, where one looks."""
    wanted.wait_for()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            expect(wanted).to_be_in_viewport()
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"{MOST_TABS} tabulations n'atteignent pas {wanted} de {page.url}")


def enter(page: Page, wanted: Locator) -> None:
    """Go to a link or a button by the keyboard, and press it."""
    tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_in(page: Page, wanted: Locator, words: str) -> None:
    tab_to(page, wanted)
    page.keyboard.insert_text(words)


def next_minute() -> datetime:
    """Return the first minute, in Paris, that a form can name and be sent before, however busy the machine."""
    return (datetime.now(PARIS) + timedelta(seconds=80)).replace(second=0, microsecond=0)
