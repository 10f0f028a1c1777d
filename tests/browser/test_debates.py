"""The law written with citizens, in a real browser: read, propose, vote, check one's receipt, answer, consolidate.

One story: each stage is a fixture that stands on the one before, and each test says what a stage promises.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.acting import PARIS, enter, link_sent_to, next_minute, sign_in, tab_to, type_in
from browser.conftest import ROOT, Site
from browser.living import KEYBOARD, LIVE
from browser.seeing import NARROW, PATIENCE, faults

pytestmark = pytest.mark.browser

People = Callable[[str], Page]

DEBATE = f"/debats/{LIVE}/"
NAME, ADDRESS, PASSWORD = "Ondine", "ondine@parvis.example", "un bon mot, assez long"
TITLE = "Dire pourquoi un document n'est pas publié"
WORDS = "Toute personne peut demander pourquoi un document n'est pas publié."
C12 = "/plan/consulter-concerter-co-produire/action-publique/engagement-12/"
C13 = "/plan/consulter-concerter-co-produire/renovation-des-pratiques/engagement-13/"
TRUE = "ACCEPTED"


@dataclass(frozen=True)
class Receipt:
    """What a voter takes away."""

    leaf: bytes
    """The entry of the public log, written again from the receipt."""
    proof: Path
    position: int
    export: Path
    """All that the vote publishes."""


@pytest.fixture(scope="module")
def citizen(people: People, site: Site) -> Page:
    """Someone who comes, and signs up: the address is proved by a mail, the effort by the browser."""
    page = people(NAME)
    page.goto("/compte/inscription/")
    page.get_by_label("Adresse électronique").fill(ADDRESS)
    expect(page.locator("input[data-proof]")).not_to_have_value("")
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos courriels")
    page.goto(link_sent_to(ADDRESS, site.home))
    page.get_by_label("Nom public").fill(NAME)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(page.get_by_text("Votre compte est ouvert")).to_be_visible()
    return page


@pytest.fixture(scope="module")
def unsound() -> dict[str, list[str]]:
    """What axe and the narrow screen say against the pages that only a signed-in person reads."""
    return {}


@pytest.fixture(scope="module")
def wording(citizen: Page, unsound: dict[str, list[str]]) -> str:
    """Another wording of article 1, proposed from the list of debates; return its page."""
    page = citizen
    page.goto("/debats/")
    page.get_by_role("link", name="Démonstration").click()
    page.get_by_role("link", name="Article 1", exact=True).click()
    page.get_by_role("link", name="Proposer une autre rédaction").click()
    unsound["propose"] = faults(page)
    written = page.get_by_label("L'article tel que vous l'écririez")
    page.get_by_label("Ce que ce changement fait").fill(TITLE)
    written.fill(f"{written.input_value()}\n{WORDS}")
    page.get_by_label("Exposé des motifs").fill("Une absence se motive.")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    unsound["contribution"] = faults(page)
    return page.url


@pytest.fixture(scope="module")
def receipt(citizen: Page, wording: str, tmp_path_factory: pytest.TempPathFactory) -> Receipt:
    """A vote on it; its receipt, once it stands in the log."""
    page, folder = citizen, tmp_path_factory.mktemp("receipt")
    page.goto(wording)
    page.get_by_role("region", name="Avis").get_by_role("button", name="Pour", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reçu de vote")
    await_proof(page)
    said = page.request.get(f"{page.url}?format=json").json()
    saved = download(page, "Télécharger la preuve", folder / "vote.tlog-proof")
    page.get_by_role("link", name="Le vote et son décompte").click()
    export = download(page, "Télécharger l’export de ce vote", folder / "vote.jsonl")
    head = json.loads(export.read_text().splitlines()[0])
    leaf = {"c": said["commitment"], "d": said["hour"], "s": head["stream"], "t": "vote.cast", "v": 1}
    written = json.dumps(leaf, sort_keys=True, separators=(",", ":")).encode()
    return Receipt(written, saved, said["position"], export)


def await_proof(page: Page) -> Locator:
    """Read a receipt again until its vote is in the log; return the link to the proof."""
    proof = page.get_by_role("link", name="Télécharger la preuve")
    for _ in range(PATIENCE // 500):
        if proof.is_visible():
            break
        page.wait_for_timeout(500)
        page.reload()
    return proof


def download(page: Page, name: str, path: Path) -> Path:
    with page.expect_download() as expected:
        page.get_by_role("link", name=name).click()
    expected.value.save_as(path)
    return path


@pytest.fixture(scope="module")
def closed(people: People, site: Site, receipt: Receipt, unsound: dict[str, list[str]]) -> Page:
    """Once the vote is cast, the team closes the first step at the next minute, and what it promised falls due."""
    page = people("equipe")
    sign_in(page, site, "equipe")
    page.goto(f"{DEBATE}dates/")
    unsound["dates"] = faults(page)
    end = next_minute()
    for label in ("« Co-écriture » ferme le", "« Réponses » ouvre le"):
        page.get_by_label(label).fill(end.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Motif").fill("La démonstration va plus vite.")
    page.get_by_role("button", name="Changer les dates").click()
    expect(page.get_by_text("Les dates sont changées")).to_be_visible()
    page.wait_for_timeout(max(0.0, (end - datetime.now(PARIS)).total_seconds()) * 1000)
    site.run("tick")
    return page


@pytest.fixture(scope="module")
def answer(people: People, site: Site, wording: str, closed: Page, unsound: dict[str, list[str]]) -> str:
    """The agent finds it on the desk, and adopts it; return the address of the answer."""
    page = people("agente")
    sign_in(page, site, "agente")
    page.goto("/debats/reponses/bureau/")
    unsound["desk"] = faults(page)
    owed = page.get_by_role("region", name="Démonstration :").filter(has=page.get_by_role("button"))
    owed.get_by_role("row").filter(has_text=TITLE).get_by_role("checkbox").check()
    owed.get_by_role("button", name="Répondre aux contributions choisies").click()
    page.get_by_label("Adoptée", exact=True).check()
    page.get_by_label("Pourquoi").fill("Le Gouvernement reprend cette phrase.")
    unsound["answer"] = faults(page)
    page.get_by_role("button", name="Lire avant de publier").click()
    unsound["preview"] = faults(page)
    page.get_by_role("button", name="Publier cette réponse").click()
    expect(page.get_by_text("Réponse publiée et scellée")).to_be_visible()
    return page.url


@pytest.fixture(scope="module")
def consolidated(closed: Page, answer: str, unsound: dict[str, list[str]]) -> Page:
    """The team publishes what the adopted words make of the text; the page shows it in three columns."""
    page = closed
    page.goto(DEBATE)
    page.get_by_role("link", name="en trois colonnes").click()
    unsound["consolidation"] = faults(page)
    page.get_by_role("button", name="Publier la version consolidée").click()
    expect(page.get_by_text("La version consolidée est publiée")).to_be_visible()
    unsound["columns"] = faults(page)
    return page


def test_one_follows_a_bill_from_its_steps_to_the_code_in_force(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Textes").click()
    page.get_by_role("link", name="Loi Valter", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="promulgation")).to_be_visible()
    page.get_by_role("link", name=re.compile("ce que change « Sénat, 1re lecture : texte de la commission »")).click()
    expect(page.locator("main ins").first).to_be_visible()
    expect(page.locator("main del").first).to_be_visible()
    page.go_back()
    led = page.get_by_role("region", name="Et dans le code en vigueur").get_by_role("row").nth(1)
    led.locator("th a").click()
    expect(page.get_by_role("heading", name="Ses versions")).to_be_visible()
    page.get_by_role("region", name="Dans le code en vigueur").get_by_role("link").first.click()
    expect(page.get_by_role("navigation", name="Vous êtes ici")).to_contain_text("CRPA")
    expect(page.get_by_role("region", name="Les textes qui y mènent")).to_contain_text("Loi Valter")
    assert len(page.locator(".law").inner_text()) > 100
    assert faults(page) == []


def test_the_consultation_of_2015_is_read_with_its_source_s_totals_and_takes_no_vote(
    people: People, site: Site
) -> None:
    page = people("citoyenne")
    sign_in(page, site, "citoyenne")
    page.goto("/debats/")
    page.get_by_role("link", name=re.compile(r"Consultation .* République numérique \(2015\)")).click()
    expect(page.get_by_text("Ses nombres sont ceux de sa source ; Parvis ne les a pas comptés")).to_be_visible()
    page.get_by_role("link", name="Article 1", exact=True).click()
    expect(page.locator("blockquote.wording")).to_contain_text("diffusent publiquement en ligne")
    expect(page.get_by_text("comptés par la source").first).to_be_visible()
    assert faults(page) == []
    page.get_by_role("region", name=re.compile("^Propositions")).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Ce qu'en disent ses sources")).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)
    expect(page.locator("main a[href*='/contribuer/']")).to_have_count(0)
    assert faults(page) == []


def test_a_proposal_shows_its_words_beside_the_article_s_and_bears_its_author_s_name(
    citizen: Page, wording: str
) -> None:
    citizen.goto(wording)
    expect(citizen.locator("main .changes ins")).to_contain_text(WORDS)
    expect(citizen.locator("main del")).to_have_count(0)
    expect(citizen.get_by_role("main")).to_contain_text(f"de {NAME}, le ")
    expect(citizen.get_by_role("main")).not_to_contain_text(ADDRESS)


def test_a_second_vote_of_the_same_person_is_not_offered(citizen: Page, wording: str, receipt: Receipt) -> None:
    citizen.goto(wording)
    urn = citizen.get_by_role("region", name="Avis")
    expect(urn.get_by_role("button")).to_have_count(0)
    expect(urn.get_by_role("link", name="Voir votre reçu")).to_be_visible()


def test_tools_that_are_not_ours_accept_the_receipt(site: Site, receipt: Receipt, tmp_path: Path) -> None:
    """The leaf is written again from what the receipt's page says; another choice makes another leaf."""
    judges, log, key = foreign_tools(), site.home / "log" / "public", tmp_path / "key"
    key.write_text((log / "cle").read_text())  # a judge takes the key by another way than the log
    (tmp_path / "leaf").write_bytes(receipt.leaf)
    (tmp_path / "other").write_bytes(receipt.leaf.replace(b'"v":1', b'"v":2'))
    go = (judges / "verify-log", "receipt", receipt.proof)
    assert judge(*go, tmp_path / "leaf", key).startswith(f"{TRUE} entry {receipt.position} of ")
    assert TRUE not in judge(*go, tmp_path / "other", key)
    tiles = ("--tiles", log, "--vkey-file", key, "--index", receipt.position)
    told = judge(judges / "aics-tlog", "verify-inclusion", *tiles, "--leaf", tmp_path / "leaf")
    assert json.loads(told)["ok"], told


def foreign_tools() -> Path:
    made = subprocess.run([ROOT / "scripts" / "foreign-tools"], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return ROOT / ".venv" / "foreign" / "bin"


def judge(*command: object) -> str:
    return subprocess.run([str(one) for one in command], capture_output=True, text=True, check=False).stdout


def test_a_program_of_forty_lines_counts_the_vote_again_and_names_a_ballot_that_was_changed(
    receipt: Receipt, tmp_path: Path
) -> None:
    program = ROOT / "docs" / "do" / "recompter.py"
    assert "1 bulletins" in judge(sys.executable, program, receipt.export)
    forged = tmp_path / "forged.jsonl"
    forged.write_text(receipt.export.read_text().replace('"choice":"for"', '"choice":"against"'))
    told = subprocess.run([sys.executable, program, forged], capture_output=True, text=True, check=False)
    assert f"position {receipt.position}" in told.stderr
    assert told.returncode == 1


def test_the_desk_does_not_take_two_different_wordings_for_one(
    people: People, site: Site, closed: Page, unsound: dict[str, list[str]]
) -> None:
    """The wordings of one article share most of their words: what counts is what each of them changes."""
    page = people("agente-2")
    sign_in(page, site, "agente")
    page.goto("/debats/reponses/bureau/")
    page.get_by_role("row").filter(has_text="gratuite").get_by_role("link", name=re.compile("^Semblables")).click()
    assert faults(page) == []
    expect(page.get_by_role("checkbox", name="Répondre à celle-ci")).to_be_checked()
    assert [box for box in page.get_by_role("checkbox", name="La même réponse").all() if box.is_checked()] == []


def test_the_author_reads_that_the_words_were_adopted_by_whom_and_why(
    citizen: Page, wording: str, answer: str
) -> None:
    citizen.goto(wording)
    expect(citizen.get_by_role("region", name=re.compile("devient"))).to_contain_text("Adoptée")
    citizen.goto(answer)
    for told in ("Premier ministre", "Le Gouvernement reprend cette phrase.", WORDS):
        expect(citizen.get_by_role("main")).to_contain_text(told)


def test_the_author_is_told_by_mail(site: Site, answer: str) -> None:
    site.run("tick")
    assert f"/debats/{LIVE}/" in link_sent_to(ADDRESS, site.home)  # the mail before led to the account


def test_the_consolidated_text_shows_whose_words_they_are(consolidated: Page, wording: str) -> None:
    page = consolidated
    page.get_by_role("link", name=re.compile("^Article 1[.]")).click()
    expect(page.locator("main ins")).to_contain_text(WORDS)
    page.get_by_role("navigation", name="Vous êtes ici").get_by_role("link").last.click()
    expect(page.locator(".law").first).to_contain_text(WORDS)
    page.get_by_role("link", name="D’où viennent ces mots").click()
    passage = page.locator(".origin").filter(has_text=WORDS)
    passage.locator("a").click()
    number = wording.rstrip("/").rsplit("/", 1)[1]
    origin = page.locator("ol.origins li:target, ol.origins li").filter(has_text=f"contribution n° {number}")
    expect(origin).to_contain_text("adoptée par Premier ministre")
    assert faults(page) == []
    origin.get_by_role("link").first.click()
    expect(page).to_have_url(wording)


def test_commitments_12_and_13_moved(site: Site, people: People, consolidated: Page) -> None:
    """Nobody writes these numbers: the plan is measured again, and they are read on its pages."""
    page = people("reader")
    before = {address: numbers(page, address) for address in (C12, C13)}
    site.run("measure")
    after = {address: numbers(page, address) for address in (C12, C13)}
    assert moved(before[C12], after[C12]) >= {"redactions-avec-un-sort", "mots-adoptes-avec-source"}
    assert moved(before[C13], after[C13]) >= {"contributions-avec-un-sort"}
    page.goto(C12)
    assert faults(page) == []


def moved(before: dict[str, object], after: dict[str, object]) -> set[str]:
    return {name for name, value in after.items() if value != before.get(name)}


def numbers(page: Page, address: str) -> dict[str, object]:
    found = page.request.get(f"{address}?format=json").json()["commitment"]["numbers"]
    return {one["indicator"]: one["value"] for one in found}


def test_pages_behind_a_log_in_are_sound_on_both_screens(unsound: dict[str, list[str]], consolidated: Page) -> None:
    assert len(unsound) >= 8
    assert {stage: said for stage, said in unsound.items() if said} == {}


def test_the_whole_way_is_walked_by_the_keyboard_alone(people: People, site: Site) -> None:
    """Sign in, find the article, propose, vote, reach the proof: Tab, Enter and letters, on a narrow screen too."""
    page, account = people("keyboard"), site.accounts["citoyen"]
    page.set_viewport_size(NARROW)
    page.goto("/compte/connexion/")
    type_in(page, page.get_by_label("Adresse électronique"), account.email)
    type_in(page, page.get_by_label("Mot de passe"), account.password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(f"/debats/{KEYBOARD}/")
    enter(page, page.get_by_role("link", name="Article 3", exact=True))
    enter(page, page.get_by_role("link", name="Proposer une autre rédaction"))
    type_in(page, page.get_by_label("Ce que ce changement fait"), "Au clavier")
    tab_to(page, page.get_by_label("L'article tel que vous l'écririez"))
    page.keyboard.press("Control+Home")
    page.keyboard.type("Au clavier, ")
    type_in(page, page.get_by_label("Exposé des motifs"), "Sans souris.")
    enter(page, page.get_by_role("button", name="Publier"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Au clavier")
    enter(page, page.get_by_role("region", name="Avis").get_by_role("button", name="Pour", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Reçu de vote")
    tab_to(page, await_proof(page))
    with page.expect_download() as proof:
        page.keyboard.press("Enter")
    assert proof.value.path().read_text().startswith("c2sp.org/tlog-proof")
