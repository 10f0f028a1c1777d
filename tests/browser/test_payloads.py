"""SEC-2: two hundred texts that try to become code, sent in every field of text, shown by every page in Chromium.

They go through the site's own forms, as signed-in people; then pages, feeds and JSON that show them are opened.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from secrets import token_hex
from urllib.parse import urlencode

import pytest
from lxml import html
from playwright.sync_api import APIResponse, Page

from browser.acting import sign_in
from browser.conftest import Site
from browser.living import HOSTILE, KEYBOARD
from browser.payloads import BROKEN, MARK, packed, payloads

pytestmark = pytest.mark.browser

ALL = payloads()
DEBATE, WORDINGS = f"/debats/{HOSTILE}/", f"/debats/{KEYBOARD}/"
LINE, PSEUDONYM = 200, 120

EFFECTS = f"""() => [
    ...[...document.querySelectorAll("*")].filter(one => one.localName.includes("{MARK}")
        || [...one.attributes].some(held => held.name.startsWith("on") || held.name.includes("{MARK}")
            || (["href", "src", "action", "formaction", "data", "style", "srcdoc"].includes(held.name)
                && /^\\s*(javascript|vbscript|data):|^[/]{MARK}/i.test(held.value)))),
    ...document.querySelectorAll("script:not([src]), style, base, iframe, object, embed, math, plaintext, xmp"),
].map(one => one.outerHTML.slice(0, 200))"""
"""Elements that no template of ours draws; `data:` images of our style sheet are not attributes."""

Sent = dict[str, str]


@dataclass
class Watched:
    """A reader's page, and what came of what it showed."""

    page: Page
    effects: list[str] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)
    """Numbers of the payloads that could be read."""

    def open(self, address: str) -> None:
        self.page.goto(address, wait_until="load")
        self.look()

    def look(self) -> None:
        self.effects += [f"{self.page.url}: {one}" for one in self.page.evaluate(EFFECTS)]
        words = self.page.evaluate("document.body.innerText + [...document.forms].flatMap(one => "
                                   "[...one.elements].map(field => field.value || '')).join(' ')")  # fmt: skip
        self.shown |= {int(number) for number in re.findall(rf"{MARK}[(/-](\d+)", words)}


@pytest.fixture(scope="module")
def reader(people: Callable[[str], Page], site: Site) -> Watched:
    """A signed-in person whose every dialog, refused script and strange request is noted."""
    return watch(people("citoyenne"), site, "citoyenne")


def watch(page: Page, site: Site, who: str) -> Watched:
    watched = Watched(page)
    page.on("dialog", lambda dialog: (watched.effects.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on(
        "request", lambda asked: MARK in asked.url.split("?")[0] and watched.effects.append(f"request {asked.url}")
    )
    sign_in(page, site, who)
    return watched


def send(page: Page, address: str, **fields: str) -> APIResponse:
    """Fill the form of a page and send it, as the browser would: what it holds already goes too."""
    form = html.fromstring(page.request.get(address).text()).xpath("//main//form[@method='post']")[0]
    held = {name: value for name, value in form.form_values() if name not in fields}
    target = form.get("action") or address
    return page.request.post(target, form={**held, **fields}, max_redirects=0)


def send_all(page: Page, address: str, rows: Iterable[Sent]) -> list[str]:
    """Send one form many times: its token serves for all, each sending has a key of its own. Return the answers."""
    form = html.fromstring(page.request.get(address).text()).xpath("//main//form[@method='post']")[0]
    held = dict(form.form_values())
    sent = [page.request.post(address, form={**held, "cle": token_hex(8), **row}, max_redirects=0) for row in rows]
    assert {one.status for one in sent} == {302}, [one.text() for one in sent if one.status != 302][:1]
    return [one.headers["location"] for one in sent]


def in_fields(lines: str, **texts: int) -> Iterable[Sent]:
    """Put all payloads in a field of one line, as many rows as it takes, and all of them in each longer field."""
    rows = [{lines: text} for text in packed(ALL, LINE)] if lines else [{}]
    for name, longest in texts.items():
        for place, text in enumerate(packed(ALL, longest)):
            rows[place : place + 1] = [{**(rows[place] if place < len(rows) else rows[-1]), name: text}]
        rows = [{name: "Texte fictif.", **row} for row in rows]
    return rows


@pytest.fixture(scope="module")
def written(reader: Watched) -> list[str]:
    """Every kind of contribution, each field holding all the payloads; return where they are read."""
    page, made = reader.page, []
    unit = "unite=1"
    rows = in_fields("title", text=20_000, reason=10_000)
    made += send_all(page, f"{DEBATE}contribuer/proposal/?{unit}", rows)
    number = made[0].rstrip("/").rsplit("/", 1)[1]
    rows = [{**row, "side": "for"} for row in in_fields("", text=5_000)]
    made += send_all(page, f"{DEBATE}contribuer/argument/?sur={number}", rows)
    made += send_all(page, f"{DEBATE}contribuer/comment/?sur={number}", in_fields("", text=10_000))
    rows = [{**row, "address": "https://exemple.test/"} for row in in_fields("title", text=2_000)]
    made += send_all(page, f"{DEBATE}contribuer/source/?sur={number}", rows)
    rows = [{"side": "for", **row} for row in list(in_fields("", reason=5_000))[:1]]
    made += send_all(page, f"{DEBATE}contribuer/opinion/?{unit}", rows)
    made += send_all(page, f"{DEBATE}contribuer/survey-answer/", in_fields("", libre=20_000))
    rows = in_fields("title", wording=50_000, reason=10_000)
    return made + send_all(page, f"{WORDINGS}contribuer/wording/?{unit}", rows)


@pytest.mark.once
def test_contributions_show_payloads_as_text_on_every_page_that_lists_them(
    reader: Watched, written: list[str]
) -> None:
    reader.shown.clear()
    for address in written:
        reader.open(address)
    everything = set(range(len(ALL)))
    assert reader.shown == everything
    reader.shown.clear()
    for debate in (DEBATE, WORDINGS):
        for address in ("", "articles/1/", "statistiques/", "exports/", "?format=json", "articles/1/?format=json"):
            reader.open(f"{debate}{address}")
        address = f"{debate}contributions/"
        while address:
            reader.open(address)
            following = reader.page.locator("nav a[rel=next]")
            address = following.get_attribute("href") or "" if following.count() else ""
            address = f"{debate}contributions/{address}" if address.startswith("?") else address
    assert reader.shown == everything
    assert reader.effects == []


@pytest.mark.once
def test_machine_formats_are_never_read_as_pages(reader: Watched, written: list[str]) -> None:
    number = written[0].rstrip("/").rsplit("/", 1)[1]
    about = f"{DEBATE}contributions/{number}/"
    for address in (
        f"{about}?format=json", f"{about}?format=csv", f"{about}historique.atom", f"{DEBATE}contributions/?format=csv",
        f"{DEBATE}contributions/?format=json", f"/api/debates/{HOSTILE}/contributions",
        f"{DEBATE}exports/contributions.jsonl", f"{DEBATE}exports/contributions.csv",
    ):  # fmt: skip
        answer = reader.page.request.get(address)
        assert answer.status == 200, address
        assert answer.headers["x-content-type-options"] == "nosniff", address
        assert "html" not in answer.headers["content-type"], address
    for address in (f"{about}?format=json", f"{about}historique.atom", f"{DEBATE}contributions/?format=json"):
        reader.page.goto(address)
        assert reader.page.evaluate("document.querySelectorAll('script, img, iframe, style').length") == 0, address
    assert reader.effects == []


@pytest.mark.once
def test_what_a_form_gives_back_is_text(reader: Watched, people: Callable[[str], Page], site: Site) -> None:
    """A pseudonym that is refused comes back in its field; a search comes back in its box, and in its chips."""
    account = watch(people("citoyen"), site, "citoyen")
    account.page.goto("/compte/nom/")
    for text in packed(ALL, PSEUDONYM):
        account.page.get_by_label("Nom public").fill(text)
        with account.page.expect_navigation(wait_until="load"):
            account.page.locator("main form button").last.click()
        account.look()
    assert account.shown == set(range(len(ALL)))
    assert account.effects == []


@pytest.mark.parametrize(
    "address", ["/debats/", f"{DEBATE}contributions/", "/textes/recherche/", "/registres/procurement/lignes/"]
)
def test_a_search_gives_its_words_back_as_text(reader: Watched, address: str) -> None:
    reader.shown.clear()
    for text in packed(ALL, 2_000):
        reader.open(f"{address}?{urlencode({'q': text})}")
        others = dict.fromkeys(("espece", "tri", "ordre", "page", "kind", "annee"), text)
        answer = reader.page.request.get(f"{address}?{urlencode(others)}")
        assert answer.status < 500, answer.status
        assert f"<script>{MARK}" not in answer.text()
    assert reader.effects == []


@pytest.mark.once
def test_reports_decisions_and_answers_show_payloads_as_text(
    reader: Watched, written: list[str], people: Callable[[str], Page], site: Site
) -> None:
    """Reported by one, hidden by another with reasons, appealed against; answered by an agent, contested."""
    moderator, agent = watch(people("moderatrice"), site, "moderatrice"), watch(people("agente"), site, "agente")
    reporter = people("citoyen")
    sign_in(reporter, site, "citoyen")
    hidden, answered = written[-1], written[:3]
    for text in packed(ALL, 2_000):
        send(reporter, f"{answered[2]}signaler/", rule="hors-sujet", text=text)
    send(reporter, f"{hidden}signaler/", rule="hors-sujet", text=next(packed(ALL, 2_000)))
    moderator.open("/debats/moderation/file/")
    whole = " ".join(ALL)
    key = moderator.page.locator("article, tr, li").filter(has=moderator.page.locator(f"a[href='{hidden}']")).last
    chosen = key.locator("input[name=c]").get_attribute("value")
    ruling = {"outcome": "hidden", "rule": "hors-sujet", "ends_on": ""}
    for facts in list(packed(ALL, 5_000))[:1]:
        preview = send(moderator.page, f"/debats/moderation/decider/?c={chosen}", facts=facts, **ruling)
        assert preview.status == 200
        send(moderator.page, f"/debats/moderation/decider/?c={chosen}", facts=facts, confirm="1", **ruling)
    moderator.open("/debats/moderation/")
    decision = moderator.page.locator("a[href^='/debats/moderation/']").filter(has_text=re.compile(r"\d")).first
    decision_url = decision.get_attribute("href") or ""
    send(reader.page, f"{decision_url}recours/", because=whole[:5_000])
    for watched, address in ((moderator, decision_url), (moderator, "/debats/moderation/file/"), (reader, hidden)):
        watched.open(address)
    moderator.open("/debats/moderation/?format=json")
    number = answered[0].rstrip("/").rsplit("/", 1)[1]
    said = {"fate": "noted", "reasons": whole[:9_000], "evidence": ""}
    given = send(agent.page, f"{DEBATE}repondre/?n={number}", publish="1", **said)
    assert given.status == 302, given.text()
    send(reader.page, f"{answered[0]}contester/", because=whole[:5_000])
    for address in (given.headers["location"], f"{DEBATE}reponses/", "/debats/reponses/", "/debats/reponses/bureau/"):
        agent.open(address)
    agent.open(f"{DEBATE}contributions/{number}/")
    assert [*moderator.effects, *agent.effects, *reader.effects] == []


@pytest.mark.once
def test_what_the_team_writes_of_a_debate_is_text(people: Callable[[str], Page], site: Site) -> None:
    """The notice of a debate, and the reasons for which its dates change."""
    team = watch(people("equipe"), site, "equipe")
    slug = f"essai-{token_hex(4)}"
    names = ("territory", "subjects", "methods", "audience", "basis", "documents", "results", "official_report")
    notice = dict(zip(names, packed(ALL, 1_900), strict=False))
    fields = {
        "slug": slug,
        "title": ALL[0] + ALL[20],
        "summary": " ".join(ALL)[:5_000],
        "procedure": "ideas",
        **notice,
    }
    made = send(team.page, "/debats/ouvrir/", **fields)
    assert made.status == 302, made.text()
    send(team.page, f"/debats/{slug}/dates/", because=" ".join(ALL)[:1_000])
    assert send(team.page, f"/debats/{slug}/publier/", is_read="on").status == 302
    for address in (f"/debats/{slug}/", f"/debats/{slug}/?format=json", f"/debats/{slug}/publier/", "/debats/"):
        team.open(address)
    assert len(team.shown) > len(ALL) / 2
    assert team.effects == []


@pytest.mark.parametrize("junk", BROKEN)
def test_bytes_that_are_not_text_are_refused_in_a_sentence(reader: Watched, junk: bytes) -> None:
    address = f"{DEBATE}contribuer/comment/?unite=1"
    token = html.fromstring(reader.page.request.get(address).text()).xpath("string(//main//input/@value)")
    body = urlencode({"csrfmiddlewaretoken": token, "cle": token_hex(8), "text": junk})
    answer = reader.page.request.post(
        address, data=body, headers={"Content-Type": "application/x-www-form-urlencoded"}, max_redirects=0
    )
    assert answer.status == 422, answer.status
    assert "Votre commentaire" in answer.text()
