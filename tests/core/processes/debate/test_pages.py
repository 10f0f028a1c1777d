"""The pages of debates, in HTML, JSON and CSV; what each role sees in each state; what anonymous pages hold."""

import csv
import html
import io
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from parvis.core.ledger import naming
from parvis.core.processes import actions, joins
from parvis.core.processes.models import Contribution, Process
from parvis.core.web.panels import Panel

NOW = datetime.now(tz=UTC)
"""Pages read the clock: these debates are open today."""

YESTERDAY = NOW - timedelta(days=1)
WORDING = {
    "title": "Des données libres",
    "wording": "Les administrations publient tout.",
    "reason": "Pour un motif reconnaissable.",
}


@pytest.fixture
def author(person):
    return person("Jeanne")


@pytest.fixture
def opened(debate):
    return debate(starts_at=YESTERDAY, metadata={"territory": "France", "scale": "nationale", "subjects": ["essai"]})


@pytest.fixture
def wording(opened, author):
    return actions.contribute(
        process=opened, kind="wording", fields=WORDING, author=author, unit="article-1", at=YESTERDAY
    )


@pytest.fixture
def signed_in(author):
    client = Client()
    client.force_login(author)
    return client


def text(answer):
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def lines(answer):
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_the_directory_lists_every_debate_and_filters_them(client, debate, opened):
    debate("ideas", "bibliotheques", title="Des bibliothèques", subject="", starts_at=NOW + timedelta(days=9))
    debate("consultation", "velos", title="Des vélos", subject="", starts_at=NOW - timedelta(days=200))
    Process.objects.filter(slug="velos").update(is_archive=True, source="Ailleurs")
    page = client.get("/debats/?format=json").json()
    assert [one["slug"] for one in page["debates"]] == ["loi-d-essai", "bibliotheques", "velos"]
    for query, slugs in {
        "quand=a-venir": ["bibliotheques"],
        "quand=ouverts": ["loi-d-essai"],
        "quand=clos": ["velos"],
        "procedure=ideas": ["bibliotheques"],
        "origine=ailleurs": ["velos"],
        "echelle=nationale": ["loi-d-essai"],
        "theme=essai": ["loi-d-essai"],
        "q=bibliothèque": ["bibliotheques"],
        "q=piscine": [],
    }.items():
        found = client.get(f"/debats/?format=json&{query}").json()["debates"]
        assert [one["slug"] for one in found] == slugs, query
    row = lines(client.get("/debats/?format=csv"))[0]
    assert (row["slug"], row["Territoire"], row["Thèmes"], row["Fondement"]) == ("loi-d-essai", "France", "essai", "")
    assert "Aucun débat ne répond" in text(client.get("/debats/?q=piscine"))


def test_a_debate_says_where_it_stands_what_is_open_and_what_was_said(client, opened, wording):
    page = client.get("/debats/loi-d-essai/?format=json").json()
    assert [(one["title"], one["state"]) for one in page["phases"]] == [
        ("Co-écriture", "now"),
        ("Réponses", "coming"),
        ("Consolidation", "coming"),
    ]
    assert page["closed"] == ""
    assert [act["title"] for act in page["acts"] if act["url"]] == [
        "Donner un avis",
        "Faire une proposition",
        "Commenter",
        "Donner une source",
    ]
    assert "proposer une autre rédaction, donner un argument, voter, soutenir" in page["elsewhere"]
    assert [(one["uid"], one["total"]) for one in page["units"]] == [("article-1", 1), ("article-2", 0)]
    assert [one["number"] for one in page["latest"]] == [1]
    assert [row["number"] for row in lines(client.get("/debats/loi-d-essai/?format=csv"))] == [
        "Article 1er",
        "Article 2",
    ]
    told = text(client.get("/debats/loi-d-essai/"))
    assert "Champs DebatesCore non renseignés : fondement" in told
    assert "Se connecter pour contribuer" in told


def test_an_article_shows_its_words_and_what_was_said_on_it_by_kind(client, opened, wording, person):
    for rank, side in enumerate(("for", "for", "against")):
        actions.contribute(
            process=opened,
            kind="opinion",
            fields={"side": side},
            author=person(f"Avis{rank}"),
            unit="article-1",
            at=NOW,
        )
    page = client.get("/debats/loi-d-essai/articles/article-1/?format=json").json()
    assert page["words"].startswith("Les administrations publient leurs documents.")
    assert page["opinions"] == [["for", "Pour", 2], ["mixed", "Mitigé", 0], ["against", "Contre", 1]]
    assert [(one["slug"], one["count"]) for one in page["sections"]] == [("opinion", 3), ("wording", 1)]
    assert (page["previous"], page["next"]["label"]) == (None, "Article 2")
    told = client.get("/debats/loi-d-essai/articles/article-99/")
    assert (told.status_code, "n'est pas une unité du texte en débat" in text(told)) == (404, True)


def test_a_list_filters_orders_and_explains_itself(client, opened, wording, person):
    other = person("Bruno")
    argument = {"side": "against", "text": "Ce serait trop long."}
    actions.contribute(process=opened, kind="argument", fields=argument, author=other, parent=wording, at=NOW)
    idea = {"title": "Autre chose", "text": "Publier aussi les codes sources."}
    actions.contribute(process=opened, kind="proposal", fields=idea, author=other, at=NOW)
    base = "/debats/loi-d-essai/contributions/?format=json&"
    for query, numbers in {
        "": {1, 3},
        "espece=argument": {2},
        "sur=1": {2},
        "cote=against&sur=1": {2},
        "article=article-1": {1},
        "q=sources": {3},
        "q=serait": {2},
        "etat=withdrawn": set(),
        "sort=adopted": set(),
    }.items():
        assert {one["number"] for one in client.get(base + query).json()["cards"]} == numbers, query
    page = client.get(base).json()
    assert (page["order"]["slug"], page["seed"].split("/")[0]) == ("tour", "loi-d-essai")
    assert client.get(base + "tri=recent").json()["cards"][0]["number"] == 3
    assert len(lines(client.get("/debats/loi-d-essai/contributions/?format=csv&espece=argument"))) == 1
    for wrong in ("tri=engagement", "apres=ici", "etat=effacee", "sur=un", "espece=lune"):
        assert client.get(base + wrong).status_code == HTTPStatus.NOT_FOUND, wrong


def test_a_long_list_is_read_page_after_page(client, debate, author):
    process = debate("ideas", "des-idees", subject="", starts_at=YESTERDAY)
    for rank in range(65):
        fields = {"title": f"Idée {rank}", "text": "Voilà."}
        actions.contribute(process=process, kind="proposal", fields=fields, author=author, at=NOW)
    address, seen = "/debats/des-idees/contributions/?format=json", []
    while address:
        page = client.get(address).json()
        seen += [one["number"] for one in page["cards"]]
        following = page["pages"]["next_url"]
        address = following and f"/debats/des-idees/contributions/{following}&format=json"
    assert sorted(seen) == list(range(1, 66))
    back = client.get(f"/debats/des-idees/contributions/{page['pages']['previous_url']}&format=json").json()
    assert [one["number"] for one in back["cards"]] == seen[30:60]


def test_a_contribution_shows_its_words_compared_its_history_and_its_arguments_in_two_columns(
    client, opened, wording, author, person
):
    actions.edit(
        contribution=wording,
        fields=WORDING | {"reason": "Pour un motif très reconnaissable."},
        basis_edition=1,
        author=author,
        at=NOW,
    )
    for rank, side in enumerate(("for", "against", "for")):
        fields = {"side": side, "text": f"Argument {rank}"}
        other = person(f"Arg{rank}")
        actions.contribute(process=opened, kind="argument", fields=fields, author=other, parent=wording, at=NOW)
    page = client.get("/debats/loi-d-essai/contributions/1/?format=json").json()
    compared = next(one for one in page["said"] if one["name"] == "wording")["pieces"]
    assert "".join(one["text"] for one in compared if one["kind"] != "out") == WORDING["wording"]
    assert "leurs documents" in "".join(one["text"] for one in compared if one["kind"] == "out")
    assert [(one["number"], len(one["changes"])) for one in page["history"]] == [(2, 1), (1, 0)]
    assert [(one["side"], one["count"]) for one in page["columns"]] == [("for", 2), ("against", 1)]
    told = text(client.get("/debats/loi-d-essai/contributions/1/"))
    assert "<ins>très </ins>" in told
    assert page["fingerprint"] in told
    assert naming.address("debats/loi-d-essai", "contribution-1") == "/debats/loi-d-essai/contributions/1/"


def test_a_contribution_says_why_before_its_words_and_shows_the_alineas_that_change(client, wording):
    told = text(client.get("/debats/loi-d-essai/contributions/1/"))

    assert told.index("Pour un motif reconnaissable.") < told.index("<ins>")
    changes, _, whole = told.partition("L’article entier")
    assert "<ins>" in changes
    assert "<ins>" in whole


def test_the_vote_stands_in_the_box_beside_and_asks_once_to_sign_in(client, wording):
    told = text(client.get("/debats/loi-d-essai/contributions/1/"))

    assert told.index("Votes et soutiens") < told.index('id="repondre"')
    assert told.count("Votes et soutiens") == 1
    assert told.count("Se connecter pour voter") == 1


@pytest.mark.parametrize("address", ["9", "99999999999999999999999"])
def test_a_contribution_that_is_not_there_is_not_found(client, opened, address):
    assert client.get(f"/debats/loi-d-essai/contributions/{address}/").status_code == HTTPStatus.NOT_FOUND


def test_what_hangs_on_a_contribution_is_shown_in_its_order(client, wording):
    def late(one, request):
        return Panel("tard", "Ce qui suit", 99, "web/parts/paving.html", {"said": one.number})

    joins.PANELS.append(late)
    told, page = (client.get(f"/debats/loi-d-essai/contributions/1/{query}") for query in ("", "?format=json"))
    joins.PANELS.remove(late)
    assert "Ce qui suit" in text(told)
    assert page.json()["panels"][-1]["content"] == {"said": 1}


PAGES = ("/debats/", "/debats/loi-d-essai/", "/debats/loi-d-essai/articles/article-1/", "/debats/guide/")
LISTS = ("/debats/loi-d-essai/contributions/", "/debats/loi-d-essai/contributions/1/")


@pytest.mark.parametrize("address", PAGES + LISTS)
def test_anonymous_pages_hold_no_token_and_open_no_session(client, wording, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as queries:
        answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    assert "csrfmiddlewaretoken" not in answer.text
    assert answer.cookies == {}
    assert not [one for one in queries.captured_queries if "session" in one["sql"]]


@pytest.mark.parametrize(
    "address",
    [
        "/debats/loi-d-essai/contributions/",
        "/debats/loi-d-essai/articles/article-1/",
        "/debats/loi-d-essai/contributions/?q=données",
    ],
)
def test_a_list_asks_eight_questions_at_most_of_the_database(client, wording, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == HTTPStatus.OK


def test_someone_contributes_by_the_form_once_however_often_it_is_sent(signed_in, opened):
    address = "/debats/loi-d-essai/contribuer/wording/?unite=article-1&version=v1"
    form = signed_in.get(address)
    assert "Les administrations publient leurs documents." in text(form)
    key = form.context["page"].form["cle"].value()
    given = WORDING | {"cle": key, "version": "v1"}
    for _ in range(2):
        sent = signed_in.post(address, given)
        assert sent.headers["location"] == "/debats/loi-d-essai/contributions/1/"
    assert Contribution.objects.count() == 1
    assert "Votre contribution est reçue" in text(signed_in.get("/debats/loi-d-essai/contributions/1/"))


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        ({"version": "v0"}, 409, "vous aviez lu la version « v0 »"),
        ({"title": ""}, 422, "manque : remplissez ce champ"),
        ({"reason": "a" * 10_001}, 422, "10001 caractères, 10000 au plus"),
        ({"reason": "a\x00b"}, 422, "octets qui ne sont pas du texte"),
    ],
)
def test_what_is_refused_is_said_on_the_form_which_keeps_what_was_typed(signed_in, opened, given, status, sentence):
    address = "/debats/loi-d-essai/contribuer/wording/?unite=article-1"
    sent = signed_in.post(address, WORDING | {"version": "v1", "cle": "k"} | given)
    assert (sent.status_code, Contribution.objects.count()) == (status, 0)
    assert sentence in text(sent)
    assert WORDING["wording"] in text(sent)


def test_bytes_that_are_not_utf8_are_refused(signed_in, opened):
    body = b"title=T&wording=W&version=v1&reason=caf%E9+au+lait"
    sent = signed_in.post(
        "/debats/loi-d-essai/contribuer/wording/?unite=article-1",
        body,
        content_type="application/x-www-form-urlencoded",
    )
    assert (sent.status_code, Contribution.objects.count()) == (422, 0)
    assert "octets qui ne sont pas du texte" in text(sent)


def test_a_stale_version_is_shown_and_the_form_sent_again_is_received(signed_in, opened):
    address = "/debats/loi-d-essai/contribuer/wording/?unite=article-1"
    sent = signed_in.post(address, WORDING | {"version": "v0", "cle": "k"})
    form = sent.context["page"].form
    assert "tel qu'il est aujourd'hui" in text(sent)
    again = signed_in.post(address, WORDING | {"version": form["version"].value(), "cle": "k"})
    assert again.status_code == HTTPStatus.FOUND


def test_someone_else_s_edit_is_shown_beside_what_was_typed(signed_in, opened, wording, author):
    actions.edit(
        contribution=wording, fields=WORDING | {"title": "Entre-temps"}, basis_edition=1, author=author, at=NOW
    )
    address = "/debats/loi-d-essai/contributions/1/modifier/"
    sent = signed_in.post(address, WORDING | {"title": "La mienne", "redaction": 1})
    assert sent.status_code == HTTPStatus.CONFLICT
    assert {"Entre-temps", "La mienne"} <= {word for word in ("Entre-temps", "La mienne") if word in text(sent)}
    again = signed_in.post(
        address, WORDING | {"title": "La mienne", "redaction": sent.context["page"].form["redaction"].value()}
    )
    assert again.status_code == HTTPStatus.FOUND
    assert Contribution.objects.get().title == "La mienne"


def test_someone_withdraws_what_they_wrote_and_the_page_says_why(signed_in, client, wording):
    sent = signed_in.post("/debats/loi-d-essai/contributions/1/retirer/", {"because": "Je me suis trompée."})
    assert sent.status_code == HTTPStatus.FOUND
    told = text(client.get("/debats/loi-d-essai/contributions/1/"))
    assert "Retirée par son auteur, avec ce motif : Je me suis trompée." in told
    assert "données libres" not in told


def test_an_act_that_is_not_open_is_refused_before_anyone_signs_in(client, opened):
    answer = client.get("/debats/loi-d-essai/contribuer/survey-answer/")
    assert (answer.status_code, "n'est ouvert par aucune étape" in text(answer)) == (403, True)
    assert client.get("/debats/loi-d-essai/contribuer/lune/").status_code == HTTPStatus.NOT_FOUND


def test_a_survey_is_answered_by_its_form(signed_in, debate):
    questions = [
        {"name": "usage", "title": "Y êtes-vous allé ?", "type": "choice", "choices": {"oui": "Oui", "non": "Non"}},
        {"name": "note", "title": "Quelle note ?", "type": "scale", "shown_if": ["usage", "oui"]},
        {"name": "par", "title": "Par où ?", "type": "choices", "choices": {"web": "En ligne", "tel": "Téléphone"}},
    ]
    debate("consultation", "guichets", subject="", starts_at=YESTERDAY, metadata={"questions": questions})
    address = "/debats/guichets/contribuer/survey-answer/"
    assert "Seulement si vous avez répondu « Oui » à « Y êtes-vous allé ? »" in text(signed_in.get(address))
    assert "« Quelle note ? » manque" in text(signed_in.post(address, {"usage": "oui", "par": ["web"], "cle": "a"}))
    assert signed_in.post(address, {"usage": "non", "par": ["web", "tel"], "cle": "a"}).status_code == HTTPStatus.FOUND
    assert Contribution.objects.get().editions.get().fields == {"usage": "non", "par": ["web", "tel"]}
    assert "chacun n’écrit ici qu’une fois" in text(
        signed_in.post(address, {"usage": "oui", "note": "3", "par": "web", "cle": "b"})
    )


# SEC-1: what each role sees of a contribution's words, by state of the debate and of the contribution.
SECRET = WORDING["reason"]
ALL, NONE = frozenset({"anonymous", "citizen", "author", "steward", "admin"}), frozenset()
STATES = {
    ("draft", "published"): (frozenset({"steward", "admin"}), frozenset({"steward", "admin"})),
    ("published", "published"): (ALL, ALL),
    ("closed", "published"): (ALL, ALL),
    ("archive", "published"): (ALL, ALL),
    ("published", "withdrawn"): (ALL, frozenset({"author"})),
    ("published", "hidden"): (ALL, frozenset({"author"})),
    ("archive", "hidden"): (ALL, frozenset({"author"})),
}
"""State of the debate, of the contribution: who opens the page, who reads the words there."""


@pytest.fixture
def doors(author):
    from house.people import people

    found = {role: actor for role, actor in people(at=NOW).items() if role in ALL} | {"author": author}
    made = {}
    for role, actor in found.items():
        made[role] = Client()
        if actor:
            made[role].force_login(actor)
    return made


def put(process, one, state, shown):
    if shown == "withdrawn":
        actions.withdraw(contribution=one, because="Non.", author=one.author, at=NOW)
    if shown == "hidden":
        actions.hide(contribution=one, because="Décision.", at=NOW)
    change = {
        "draft": {"is_published": False},
        "published": {},
        "closed": {},
        "archive": {"is_archive": True, "source": "Ailleurs"},
    }[state]
    Process.objects.filter(pk=process.pk).update(slug=process.slug, **change)
    if state == "closed":
        process.phases.update(opens_at=NOW - timedelta(days=90), closes_at=NOW - timedelta(days=60))


@pytest.mark.parametrize(("state", "shown"), STATES)
def test_each_role_sees_what_each_state_shows(opened, wording, doors, state, shown):
    put(opened, wording, state, shown)
    opens, reads = STATES[state, shown]
    page = "/debats/loi-d-essai/contributions/1/"
    for role, door in doors.items():
        for address in (page, f"{page}?format=json", "/debats/loi-d-essai/", "/debats/loi-d-essai/contributions/"):
            assert (door.get(address).status_code == HTTPStatus.OK) == (role in opens), (role, address)
        for address in (page, f"{page}?format=json"):
            assert (SECRET in text(door.get(address))) == (role in reads), (role, address)
    listed = "/debats/loi-d-essai/contributions/?format=csv&etat="
    if state != "draft" and shown != "published":
        for role, door in doors.items():
            (row,) = lines(door.get(f"{listed}{shown}"))
            assert (row["excerpt"], WORDING["title"] in str(row)) == ("", False), role
        assert SECRET not in doors["anonymous"].get("/api/debates/loi-d-essai/contributions/1").text


def test_a_draft_is_in_no_list_but_the_team_s(opened, doors):
    Process.objects.update(is_published=False)
    for role, door in doors.items():
        told = text(door.get("/debats/"))
        assert ("Une loi d'essai" in told) == (role in {"steward", "admin"}), role
        assert door.get("/debats/?format=json").json()["debates"] == []


def test_the_site_map_leads_to_debates(client, db):
    assert reverse("debates") in client.get("/plan-du-site/").text
