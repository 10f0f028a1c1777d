"""What a person does with their account, in a real browser: sign up, with scripts and without; passkeys; leave."""

import email
import os
import re
import subprocess
import sys
from email import policy
from pathlib import Path
from time import monotonic, sleep

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from browser.conftest import START_SECONDS
from browser.seeing import NARROW, PATIENCE, RUN_AXE, WIDE
from house.outside import free_port

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
PASSWORD = "un bon mot, assez long"
OPEN = f"""
import django; django.setup()
from django.core.management import call_command
from django.utils import timezone
from parvis.core.actors import actions
call_command("migrate", verbosity=0)
actions.open_account(email="jeanne@parvis.example", public_name="Jeanne", password="{PASSWORD}", at=timezone.now())
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("accounts")


@pytest.fixture(scope="module")
def address(home):
    """Serve an empty site with one account, as `parvis serve` does. A passkey belongs to a name: localhost."""
    port = free_port()
    settings = {"DJANGO_SETTINGS_MODULE": "parvis.config.settings", "PARVIS_DATABASE": ""}
    given = {**os.environ, "PARVIS_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), **settings}
    subprocess.run([sys.executable, "-c", OPEN], env=given, check=True)
    with (home / "said.txt").open("w") as said:
        command = [sys.executable, "-m", "parvis.config.cli", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=given, stdout=said, stderr=said)
        deadline = monotonic() + START_SECONDS
        while "est servi sur" not in (text := (home / "said.txt").read_text()):
            assert server.poll() is None, text
            assert monotonic() < deadline, text
            sleep(0.2)
        yield f"http://localhost:{port}"
        server.terminate()
        server.wait()


@pytest.fixture
def page(chromium, address):
    """A page whose complaints (script errors, refusals of the security policy) fail the test."""
    context = chromium.new_context(base_url=address, locale="fr-FR", viewport=WIDE)
    context.set_default_timeout(PATIENCE)
    opened, complaints = context.new_page(), []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def plain(chromium, address):
    context = chromium.new_context(base_url=address, locale="fr-FR", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def last_link(home):
    """Read the link in the last mail, where a demonstration keeps mails."""
    path = max((home / "mail").iterdir(), key=lambda one: one.stat().st_mtime_ns)
    body = email.message_from_bytes(path.read_bytes(), policy=policy.default).get_content()
    return re.search(r"http://\S+", body).group()


def sign_up(page, home, address, name):
    page.goto("/compte/inscription/")
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos courriels")
    page.goto(last_link(home))
    page.get_by_label("Nom public").fill(name)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(page.get_by_text("Votre compte est ouvert")).to_be_visible()
    expect(page.get_by_role("link", name=name)).to_be_visible()


def sign_in(page):
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill("jeanne@parvis.example")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()


def test_one_signs_up_while_the_browser_proves_its_effort(page, home):
    page.goto("/compte/inscription/")
    expect(page.locator("input[data-proof]")).not_to_have_value("")
    sign_up(page, home, "marguerite@parvis.example", "Marguerite")


def test_one_signs_up_without_scripts(plain, home):
    sign_up(plain, home, "barnabe@parvis.example", "Barnabé")


def test_one_adds_a_passkey_enters_with_it_proves_oneself_with_it_and_takes_it_away(page):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    sign_in(page)
    page.goto("/compte/cles/")
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Nom de la clé").fill("Ordinateur")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("cell", name="Ordinateur", exact=True)).to_be_visible()

    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/compte/connexion/?next=/compte/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")

    page.goto("/compte/effacer/")
    page.get_by_role("link", name="Utiliser plutôt une clé d’accès").click()
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Effacer mon compte")

    page.goto("/compte/cles/")
    page.get_by_role("link", name="Retirer Ordinateur").click()
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("Vous n’en avez pas encore.")).to_be_visible()


PUBLIC = ("connexion/", "inscription/", "courriel/", "mot-de-passe/oublie/", "efface/")
OWN = ("", "nom/", "adresse/", "mot-de-passe/", "cles/", "verification/", "donnees/")


@pytest.mark.parametrize("own", [False, True], ids=["public", "signed in"])
def test_every_page_of_accounts_is_sound_for_axe_and_as_narrow_as_the_screen(page, own):
    if own:
        sign_in(page)
    for path in OWN if own else PUBLIC:
        page.goto(f"/compte/{path}")
        for screen in (WIDE, NARROW):
            page.set_viewport_size(screen)
            page.evaluate(AXE_SCRIPT)
            assert page.evaluate(RUN_AXE) == [], path
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, path
