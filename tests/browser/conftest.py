"""A real browser on the real demonstration: `parvis demo` once, served by the real server, then read by Chromium."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from psycopg import sql

from browser.crawling import Found, crawl
from browser.seeing import PATIENCE, WIDE
from house.outside import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
START_SECONDS = 1_800
"""The demonstration reads every real file before it answers."""

LAST_ACCOUNT = "citoyen"
"""The demonstration ends with how to sign in, and this is its last line."""

KINDS = 25
"""Kinds of pages that the demonstration has at least."""


@dataclass(frozen=True)
class Account:
    """Who the demonstration lets in."""

    email: str
    password: str


@dataclass(frozen=True)
class Site:
    """The demonstration, served."""

    address: str
    home: Path
    accounts: dict[str, Account]
    """By the name in their address: « porteur » in porteur@parvis.example."""
    environment: dict[str, str]

    def run(self, *words: str) -> None:
        """Run a word of `parvis` on this site, as those who keep it do."""
        run(self.environment, "-m", "parvis.config.cli", *words)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Iterator[Site]:
    """Run `parvis demo` in a home of its own until it answers, open a review as the team would, and live a debate.

    The log-ins are read where a person reads them.
    """
    home = tmp_path_factory.mktemp("demo")
    given = {"PARVIS_HOME": str(home), "PARVIS_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    with own_database(os.environ.get("PARVIS_DATABASE", "")) as database:
        environment = {**os.environ, **given, **({"PARVIS_DATABASE": database} if database else {})}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        yield from served(home, environment)


def served(home: Path, environment: dict[str, str]) -> Iterator[Site]:
    port, said = free_port(), home / "said.txt"
    command = [sys.executable, "-m", "parvis.config.cli"]
    with said.open("w") as out:
        demo = [*command, "demo", "--port", str(port)]
        process = subprocess.Popen(demo, cwd=ROOT, env=environment, stdout=out, stderr=out)  # our own command
    try:
        signing = wait(process, said)
        run(environment, "-m", "parvis.config.cli", "review", "open")
        run({**environment, "DJANGO_SETTINGS_MODULE": "parvis.config.settings"}, str(HERE / "living.py"))
        yield Site(f"http://127.0.0.1:{port}", home, signing, environment)
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def run(environment: dict[str, str], *words: str) -> None:
    """Run Python on the site's home; what it said is told if it fails."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """Give the address of an empty database beside the one given, which other tests may fill at the same time."""
    if not server.startswith("postgresql:"):
        yield ""
        return
    name = f"demo-{token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def wait(process: "subprocess.Popen[bytes]", said: Path) -> dict[str, Account]:
    """Wait until the demonstration, served by then, has said how to sign in."""
    limit = monotonic() + START_SECONDS
    while LAST_ACCOUNT not in (found := accounts(said.read_text())):
        if process.poll() is not None or monotonic() > limit:
            pytest.fail(f"La démonstration n'a pas démarré :\n{said.read_text()}")
        sleep(0.2)
    return found


def accounts(text: str) -> dict[str, Account]:
    """Read « address  password  role » where the demonstration prints it; each is called by its address's name."""
    lines = re.findall(r"^\s+(\S+)@(\S+)\s+(\S+)\s+\S", text, re.MULTILINE)
    return {name: Account(f"{name}@{host}", password) for name, host, password in lines}


@pytest.fixture(scope="session")
def found(site: Site) -> Found:
    """Every page that can be reached from the front page, some of each kind."""
    crawled = crawl(site.address)
    assert len(crawled.pages) >= KINDS, crawled  # else what holds on every page would hold for nothing
    return crawled


@pytest.fixture
def window(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """A fresh window, 1,280 px wide, that speaks French and fails on any error of a page's script or policy."""
    context = chromium.new_context(base_url=site.address, locale="fr-FR", viewport=WIDE)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture(scope="module")
def people(chromium: Browser, site: Site) -> Iterator[Callable[[str], Page]]:
    """Give each person a window of their own, the same all along; what their pages complain of fails the module."""
    windows: dict[str, Page] = {}
    complaints: list[str] = []

    def window(who: str) -> Page:
        if who not in windows:
            context = chromium.new_context(base_url=site.address, locale="fr-FR", viewport=WIDE)
            context.set_default_timeout(PATIENCE)
            windows[who] = listen(context.new_page(), complaints)
        return windows[who]

    yield window
    for page in windows.values():
        page.context.close()
    assert complaints == []


def listen(page: Page, complaints: list[str]) -> Page:
    """Note the errors of a page's scripts and the refusals of its security policy.

    A document that is no page, JSON or a feed, names no icon: Chromium asks for /favicon.ico, which is not there. An
    address that means nothing is refused by a page (400), which is no fault of that page.
    """

    def heard(said: ConsoleMessage) -> None:
        is_icon = said.location["url"].endswith("/favicon.ico")
        if said.type == "error" and not is_icon and "status of 400" not in said.text:
            complaints.append(f"{page.url}: {said.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return page


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A page whose complaints (script errors, refusals of the security policy) fail the test."""
    complaints: list[str] = []
    yield listen(window.new_page(), complaints)
    assert complaints == []


@pytest.fixture
def plain(chromium: Browser, site: Site) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = chromium.new_context(base_url=site.address, locale="fr-FR", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
