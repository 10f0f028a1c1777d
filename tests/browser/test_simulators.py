"""The State's models in a real browser: find, answer, read why with the law, change a rule, share, verify, carry."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from browser.acting import enter, sign_in, type_in
from browser.conftest import Site
from browser.living import KEYBOARD
from browser.seeing import NARROW, faults

pytestmark = pytest.mark.browser

People = Callable[[str], Page]

C16 = "/plan/partager-des-ressources-numeriques/engagement-16/"
HOUSEHOLD = "Un cadre seul"
ANSWER = "Votre impôt sur les revenus de 2024 est de"
RATE = "impot_revenu.bareme_ir_depuis_1945.bareme[1].rate"
PROPOSAL = "Un taux d'entrée plus bas"


@dataclass(frozen=True)
class Shared:
    """What one sends to a stranger."""

    link: str
    identity: str
    sentence: str


@dataclass(frozen=True)
class Reform:
    """What a page said of a reform, before its reader went on."""

    page: Page
    population: str
    drawings: int
    tables: int


@pytest.fixture(scope="module")
def unsound() -> dict[str, list[str]]:
    """What axe and the narrow screen say against each page of the way, as a person meets it."""
    return {}


@pytest.fixture(scope="module")
def result(people: People, unsound: dict[str, list[str]]) -> Page:
    """From commitment 16's page to an income tax: the visitor has no account."""
    page = people("visitor")
    page.goto("/plan/")
    page.get_by_role("link", name=re.compile("modèles de calcul|simulateurs")).first.click()
    unsound["commitment 16"] = faults(page)
    page.get_by_role("main").get_by_role("link", name=re.compile("OpenFisca")).first.click()
    unsound["model"] = faults(page)
    page.get_by_role("link", name="Mon impôt sur le revenu").click()
    unsound["questions"] = faults(page)
    page.get_by_role("link", name=HOUSEHOLD).click()
    page.get_by_role("button", name="Calculer").first.click()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    unsound["result"] = faults(page)
    return page


@pytest.fixture(scope="module")
def shared(result: Page) -> Shared:
    """Take the link that carries the answers after its « # »."""
    result.get_by_role("button", name="Partager par un lien").click()
    link = result.get_by_label("Lien vers ce calcul").input_value()
    said = result.locator("form[data-identity]").first
    sentence = result.get_by_text(ANSWER).first.inner_text()
    return Shared(link, said.get_attribute("data-identity") or "", sentence)


@pytest.fixture(scope="module")
def reform(people: People, site: Site, unsound: dict[str, list[str]]) -> Reform:
    """Someone who signed in gives the first rate of the scale another value."""
    page = people("citoyenne")
    sign_in(page, site, "citoyenne")
    page.goto(f"/simulateurs/openfisca/champs/{RATE}/")
    unsound["parameter"] = faults(page)
    page.get_by_role("link", name="Changer cette valeur").click()
    page.get_by_label(re.compile("^(Nouvelle valeur|Nouveau taux)")).fill("0.10")
    page.get_by_role("button", name="Ajouter ce changement").click()
    expect(page.get_by_role("heading", name="Sur des cas fictifs")).to_be_visible()
    page.get_by_role("button", name="Calculer sur la population de démonstration").click()
    population = page.locator("#population")
    expect(population).to_contain_text("Gagnants")
    unsound["reform"] = faults(page)
    return Reform(
        page, population.inner_text(), population.locator("svg").count(), population.locator("table").count()
    )


@pytest.fixture(scope="module")
def published(reform: Reform, unsound: dict[str, list[str]]) -> str:
    """She publishes what it does to invented households; return the address of the calculation."""
    page = reform.page
    page.get_by_role("button", name="Publier ce calcul").click()
    unsound["consent"] = faults(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("Votre calcul est publié")).to_be_visible()
    unsound["published"] = faults(page)
    return page.url


def test_the_result_says_how_much_of_what_and_for_which_year(result: Page) -> None:
    expect(result.get_by_text(re.compile("est de .*€"))).to_be_visible()
    result.get_by_role("button", name="Pourquoi").first.click()
    why = result.get_by_role("region", name="Pourquoi").or_(result.locator("#pourquoi")).first
    expect(why).to_be_visible()
    expect(why.get_by_role("link").first).to_have_attribute("href", re.compile("legifrance"))
    assert faults(result) == []


def test_a_chart_of_a_hundred_points_says_what_another_income_would_give(result: Page) -> None:
    result.get_by_role("button", name=re.compile("salaire net imposable")).first.click()
    expect(result.locator("#courbe svg").first).to_be_visible()
    assert faults(result) == []


def test_a_stranger_opens_the_link_and_finds_the_same_calculation(people: People, shared: Shared) -> None:
    page = people("stranger")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(shared.link)
    expect(page.get_by_text("C’est bien le calcul partagé")).to_be_visible()
    expect(page.get_by_text(shared.sentence)).to_be_visible()
    expect(page.locator(f"form[data-identity='{shared.identity}']")).to_be_attached()
    carried = shared.link.partition("#")[2]
    assert not any(carried[:40] in url for url in asked), "a situation went in an address"
    assert faults(page) == []


def test_a_reform_says_who_gains_and_who_loses_on_a_population_said_to_be_invented(reform: Reform) -> None:
    for told in ("synthétique", "Gagnants", "Perdants", "Inchangés", "Non calculés"):
        assert told in reform.population
    assert reform.drawings >= 1
    assert reform.tables >= reform.drawings // 2  # each chart is drawn for two widths, and has its table


def test_a_stranger_replays_the_published_calculation(people: People, published: str) -> None:
    page = people("verifier")
    page.goto(published)
    page.get_by_role("button", name="Rejouer ce calcul maintenant").click()
    expect(page.get_by_text("C’est le même calcul")).to_be_visible()
    assert faults(page) == []


def test_a_contribution_carries_the_effect_and_anyone_tries_other_households(
    people: People, reform: Reform, published: str
) -> None:
    page = reform.page
    page.goto(published)
    chosen = page.locator("form", has_text=KEYBOARD).filter(has_text="Proposer une autre rédaction")
    chosen.get_by_role("button").click()
    page.get_by_label("Ce que ce changement fait").fill(PROPOSAL)
    written = page.get_by_label("L'article tel que vous l'écririez")
    written.fill(f"{written.input_value()}\nLe premier taux est de 10 %.")
    page.get_by_label("Exposé des motifs").fill("Texte fictif.")
    assert faults(page) == []
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PROPOSAL)
    effect = page.get_by_role("region", name="L'effet calculé")
    expect(effect).to_contain_text("Revenu disponible")
    expect(effect.locator("td", has_text="+").first).to_be_visible()
    assert faults(page) == []
    address = page.url
    reader = people("reader")
    reader.goto(address)
    reader.get_by_role("link", name="Essayer ces changements sur d’autres foyers").click()
    expect(reader.get_by_role("heading", name="Les changements")).to_be_visible()
    reader.goto(published)
    expect(reader.get_by_role("link", name=re.compile(PROPOSAL))).to_be_visible()


def test_the_climate_is_asked_the_same_way(people: People) -> None:
    page = people("climate")
    page.goto("/simulateurs/")
    page.get_by_role("link", name="Ma trajectoire").click()
    page.get_by_role("link", name="Zéro en 2070").click()
    page.get_by_role("button", name="Calculer").first.click()
    expect(page.locator("main svg").first).to_be_visible()
    expect(page.locator("main table").first).to_be_attached()
    assert faults(page) == []
    page.get_by_role("button", name="Partager par un lien").click()
    link = page.get_by_label("Lien vers ce calcul").input_value()
    stranger = people("climate stranger")
    stranger.goto(link)
    expect(stranger.get_by_text("C’est bien le calcul partagé")).to_be_visible()


@pytest.mark.usefixtures("result", "published")
def test_the_pages_of_the_way_are_sound_on_both_screens(unsound: dict[str, list[str]]) -> None:
    stages = "commitment 16", "model", "questions", "result", "parameter", "reform", "consent", "published"
    assert unsound == {stage: [] for stage in stages}


def test_one_goes_from_a_question_to_its_answer_by_the_keyboard_alone(people: People) -> None:
    """Choose the model, answer, compute, ask why, change a rule: Tab, Enter and digits, on a narrow screen."""
    page = people("keyboard")
    page.set_viewport_size(NARROW)
    page.goto("/simulateurs/")
    enter(page, page.get_by_role("link", name="Mon impôt sur le revenu"))
    type_in(page, page.get_by_label(re.compile("salaire net imposable")).first, "26000")
    enter(page, page.get_by_role("button", name="Calculer").first)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    enter(page, page.get_by_role("button", name="Pourquoi").first)
    expect(page.locator("#pourquoi")).to_be_visible()
    enter(page, page.get_by_role("button", name="Changer une règle"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Changer une règle")
    assert faults(page) == []
