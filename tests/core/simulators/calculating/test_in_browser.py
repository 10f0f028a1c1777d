"""What a citizen does, in a real browser: answer, share, keep, forget, change a rule; with scripts and without."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from browser.seeing import NARROW, PATIENCE, RUN_AXE, WIDE
from house.outside import free_port

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[4]
FORM = "/simulateurs/tiny/calculer/aide-fictive/"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve the site with the fictitious calculator, in a process of its own."""
    port = free_port()
    paths = os.pathsep.join(str(ROOT / name) for name in ("src", "tests"))
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "settings_in_tests", "PARVIS_DATABASE": "", "PYTHONPATH": paths}
    command = [sys.executable, str(Path(__file__).with_name("serving.py")), str(port)]
    log = tmp_path_factory.mktemp("served") / "log.txt"
    with (
        log.open("w") as errors,
        subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=errors) as server,
    ):
        assert server.stdout.readline() == b"servi\n", log.read_text()
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture
def page(chromium, address):
    """A page whose complaints (script errors, refusals of the security policy) fail the test."""
    context = chromium.new_context(base_url=address, locale="fr-FR", viewport=WIDE)
    context.set_default_timeout(PATIENCE)
    opened, complaints = context.new_page(), []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None
    )
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def plain(chromium, address):
    """A page without scripts."""
    context = chromium.new_context(base_url=address, locale="fr-FR", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def assert_sound(page):
    """Look at a page on a wide screen and on a narrow one: no violation, nothing beside the screen."""
    page.evaluate(AXE_SCRIPT)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert page.evaluate(RUN_AXE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size(WIDE)


def calculate(page, salary="1000"):
    page.goto(FORM)
    page.get_by_label("Combien gagnez-vous par an").fill(salary)
    page.get_by_label("Combien gagnez-vous par an").press("Enter")
    expect(page.get_by_role("heading", name="Pourquoi ?")).to_be_visible()


def test_a_result_is_reached_and_read_by_keyboard(page):
    page.goto(FORM)
    assert_sound(page)
    calculate(page)

    expect(page.locator(".lede")).to_have_text("Vous recevez 500 € pour 2024.")
    page.get_by_role("button", name="Combien gagnez-vous par an ?").press("Enter")
    expect(page.locator("#courbe svg.wide")).to_be_visible()
    assert_sound(page)


def test_a_slider_writes_in_its_box_by_keyboard_and_follows_it(page):
    page.goto(FORM)
    slider, box = page.get_by_role("slider", name="Quel effort ?"), page.get_by_role("textbox", name="Quel effort ?")
    slider.press("ArrowRight")
    expect(box).to_have_value("15")
    box.fill("-40")
    expect(slider).to_have_value("-40")
    box.press("Enter")
    page.get_by_text("Changer vos réponses").click()
    expect(slider).to_have_value("-40")
    assert_sound(page)


def test_a_slider_answers_without_scripts(plain):
    plain.goto(FORM)
    plain.get_by_role("slider", name="Quel effort ?").press("ArrowLeft")
    plain.get_by_role("button", name="Calculer").click()
    plain.get_by_text("Changer vos réponses").click()

    expect(plain.get_by_role("textbox", name="Quel effort ?")).to_have_value("5")


def test_questions_about_children_follow_their_number(page):
    page.goto(FORM)
    page.get_by_label("Combien d'enfants").fill("2")
    page.get_by_label("Combien d'enfants").press("Tab")
    page.get_by_label("Combien gagne l'enfant ? (n° 1)").fill("10")
    page.get_by_label("Combien gagne l'enfant ? (n° 2)").fill("30")
    page.get_by_role("button", name="Calculer").click()

    expect(page.locator(".lede")).to_have_text("Vous recevez 20 € pour 2024.")


def test_a_stranger_opens_a_shared_link_and_finds_the_same_identity(page, chromium, address):
    calculate(page)
    page.get_by_role("button", name="Partager par un lien").click()
    link = page.get_by_label("Lien vers ce calcul").input_value()

    stranger = chromium.new_context(locale="fr-FR").new_page()
    asked = []
    stranger.on("request", lambda request: asked.append(request.url))
    stranger.goto(link)

    expect(stranger.get_by_text("C’est bien le calcul partagé")).to_be_visible()
    expect(stranger.locator(".lede")).to_have_text("Vous recevez 500 € pour 2024.")
    assert link.startswith(f"{address}{FORM}#")
    assert not any("1000" in url or len(url) > 200 for url in asked)
    stranger.context.close()


def test_answers_are_kept_in_this_browser_only_and_forgotten(page):
    page.goto(FORM)
    page.get_by_label("Combien gagnez-vous par an").fill("1234")
    page.get_by_role("button", name="Garder mes réponses dans ce navigateur").click()
    page.goto(FORM)
    page.get_by_role("button", name="Reprendre mes réponses gardées").click()
    expect(page.get_by_label("Combien gagnez-vous par an")).to_have_value("1234")
    page.get_by_role("button", name="Les oublier").click()

    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_rule_is_changed_for_ones_household_without_scripts(plain):
    plain.goto(FORM)
    plain.get_by_label("Combien gagnez-vous par an").fill("1000")
    plain.get_by_role("button", name="Calculer").click()
    plain.get_by_role("button", name="Changer une règle").click()
    plain.get_by_role("button", name="Changer : Taux").click()
    plain.get_by_label("Nouvelle valeur").fill("60 %")
    plain.get_by_role("button", name="Ajouter ce changement").click()

    table = plain.locator("#detail")
    expect(table).to_contain_text("Pour votre foyer")
    expect(table).to_contain_text("+100 €")
    assert "1000" not in plain.url


def test_the_page_of_a_reform_is_sound(page):
    page.goto("/simulateurs/tiny/reforme/?changes=rate~1~2024-01-01&cas=Une personne seule&parametre=rate&q=taux")
    expect(page.get_by_role("heading", name="Un cas fictif", exact=True)).to_be_visible()
    assert_sound(page)
