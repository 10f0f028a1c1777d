"""What a person comes to do, in a real browser."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from browser.acting import sign_in
from browser.conftest import Site
from browser.seeing import faults

pytestmark = pytest.mark.browser

COMMITMENT = "/plan/rendre-des-comptes/transparence-depense-et-comptes-publics/engagement-2/"


def test_read_the_plan_and_follow_commitment_2_to_the_rows_behind_its_numbers(page: Page) -> None:
    """Every figure of the page leads in two clicks to its rows and its proof."""
    page.goto("/")
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Le plan").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("commande publique", re.IGNORECASE)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("commande publique", re.IGNORECASE))
    page.locator(".column[data-kind=measured] a[href*='/nombres/']").first.click()
    expect(page.locator("pre code").first).to_contain_text(re.compile("select", re.IGNORECASE))
    page.locator("main a[href$='/lignes/']").first.click()
    expect(page.get_by_role("table").first.get_by_role("row").nth(1)).to_be_visible()


def test_filter_contracts_and_take_them_away(page: Page) -> None:
    page.goto("/registres/procurement/lignes/")
    before = page.get_by_role("row").count()
    facet = page.locator(".facet", has_text="Année de notification")
    year = facet.get_by_role("link", name=re.compile(r"^\d{4}$")).first
    wanted = year.inner_text()
    year.click()
    expect(page.locator(".chip").first).to_contain_text(wanted)
    assert before > 1
    shown = page.locator("td[data-label='Notification']").all_inner_texts()
    assert {day[-4:] for day in shown} == {wanted}
    with page.expect_download() as download:
        page.locator(".formats").get_by_role("link", name="CSV").first.click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text())))
    assert {row["notified_on"][:4] for row in rows} == {wanted}
    page.locator(".chip").first.click()
    expect(page.locator(".chip")).to_have_count(0)


def test_check_a_log_entry(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Journal").click()
    page.locator("main a[href^='/journal/']").filter(has_text=re.compile(r"\d")).first.click()
    with page.expect_download() as download:
        page.locator("a[href$='preuve.tlog-proof']").first.click()
    assert download.value.path().read_text().startswith("c2sp.org/tlog-proof")


def test_a_lead_signs_in_and_declares_where_a_milestone_stands(page: Page, site: Site) -> None:
    """What is declared is shown in its own column, with its author's body, and never moves a measured number.

    The forms of a lead are sound on both screens.
    """
    page.goto(COMMITMENT)
    measured = page.locator(".column[data-kind=measured]").inner_text()
    sign_in(page, site, "porteur")
    page.goto(COMMITMENT)
    page.get_by_role("link", name="Déclarer où il en est").click()
    assert faults(page) == []
    page.get_by_label("Jalon", exact=False).first.select_option(index=1)
    page.get_by_label("État du jalon").select_option(index=1)
    page.get_by_label("Ce qui a été fait").fill("Le format est publié.")
    page.locator("main form").get_by_role("button").last.click()
    expect(page.locator(".column[data-kind=claimed]")).to_contain_text("Le format est publié.")
    assert page.locator(".column[data-kind=measured]").inner_text() == measured
    page.get_by_role("link", name="Retirer cette déclaration").first.click()
    assert faults(page) == []
    page.goto("/plan/jalons/E02-J01/")
    page.get_by_role("link", name="Déclarer ce jalon abandonné").click()
    assert faults(page) == []


def test_a_reviewer_finds_a_sound_form_to_judge(page: Page, site: Site) -> None:
    sign_in(page, site, "lectrice")
    page.goto(COMMITMENT)
    page.get_by_role("link", name="Le juger").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Juger l'engagement")
    assert faults(page) == []


def test_a_wrong_password_is_told_and_nothing_is_lost(page: Page) -> None:
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill("personne@parvis.example")
    page.get_by_label("Mot de passe").fill("faux")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_text("Cette adresse et ce mot de passe ne vont pas ensemble.")).to_be_visible()
    expect(page.get_by_label("Adresse électronique")).to_have_value("personne@parvis.example")


def test_the_keyboard_alone_skips_to_the_content_and_shows_where_it_is(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_fingerprint_is_copied_by_a_button(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/journal/")
    whole = page.locator(".hash").first.inner_text()
    page.get_by_role("button", name="Copier").first.click()
    expect(page.get_by_role("button", name="Copié").first).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == whole


def test_contracts_are_filtered_without_javascript(plain: Page) -> None:
    plain.goto("/registres/procurement/lignes/")
    plain.locator(".facet a").first.click()
    expect(plain.locator(".chip").first).to_be_visible()


def test_a_page_prints_without_its_furniture(page: Page) -> None:
    page.goto("/a-propos/")
    page.emulate_media(media="print")
    expect(page.locator(".site-head")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
