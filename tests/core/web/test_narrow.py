"""On a narrow screen a page begins near the top, its menu is a door, a line of a table a card. Judged by a browser."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from browser.seeing import NARROW, WIDE
from house.law import ROOT

pytestmark = pytest.mark.browser

SHEETS = [ROOT / "src/parvis/core/web/static/web" / name for name in ("tokens.css", "parvis.css")]
WORDS = ("Le plan", "Débats", "Textes", "Registres", "Simulateurs", "Journal", "Données et API", "À propos")
LONG = "Consulter, concerter et coproduire l’action publique"
TABLE = """<table class="stack"><thead><tr><th>Règle</th><th>Champ</th><th>Cas</th></tr></thead><tbody>
<tr><td data-label="Règle">numéro répété</td><td data-label="Champ">Numéro</td>
<td data-label="Cas" class="num">12</td></tr>
</tbody></table>"""


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport=NARROW, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def dressed(page):
    """Show the head of a page over this content, in our sheets, without scripts."""

    def dress(content):
        sheets = "".join(f"<style>{sheet.read_text()}</style>" for sheet in SHEETS)
        links = [{"label": label, "url": "/", "is_here": False} for label in WORDS]
        menu = render_to_string("web/parts/menu.html", {"links": links, "actor": None, "csrf_token": ""})
        name = '<a class="site-name" href="/">Parvis</a>'
        page.set_content(f'{sheets}<header class="site-head"><div>{name}{menu}</div></header><main>{content}</main>')
        return page

    return dress


def test_the_menu_is_a_door_on_a_narrow_screen_and_opens_without_a_script(dressed):
    page = dressed("<h1>À propos</h1>")
    plan = page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Le plan")

    expect(plan).not_to_be_visible()
    assert page.locator("h1").bounding_box()["y"] < NARROW["height"] / 5
    page.get_by_text("Menu", exact=True).click()
    expect(plan).to_be_visible()


def test_the_menu_needs_no_door_on_a_wide_screen(dressed):
    page = dressed("<h1>À propos</h1>")
    page.set_viewport_size(WIDE)

    expect(page.get_by_text("Menu", exact=True)).not_to_be_visible()
    expect(page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Le plan")).to_be_visible()


def test_the_way_back_is_one_line_however_long_its_words(dressed):
    steps = '<li><a href="/">Accueil</a></li>' + "".join(f'<li><a href="/">{LONG}</a></li>' for _ in range(4))
    page = dressed(f'<nav class="crumbs"><ol>{steps}<li><span aria-current="page">Ici</span></li></ol></nav>')

    assert page.locator("ol").last.bounding_box()["height"] < 30
    expect(page.get_by_text("Ici")).not_to_be_visible()
    assert len([link for link in page.get_by_text(LONG).all() if link.bounding_box()["width"] > 20]) == 4
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_a_line_of_a_table_is_a_card_whose_short_cells_share_a_line(dressed):
    page = dressed(TABLE)
    title, field, count = (cell.bounding_box() for cell in page.locator("td").all())

    assert title["y"] < field["y"]
    assert title["x"] == field["x"]
    assert abs(field["y"] - count["y"]) < 8


def test_two_buttons_one_under_the_other_begin_at_the_same_edge(dressed):
    page = dressed('<p><a class="button">Changer les dates</a> <a class="button">Importer des contributions</a></p>')
    first, second = (button.bounding_box() for button in page.locator(".button").all())

    assert first["y"] < second["y"]
    assert first["x"] == second["x"]
