"""What people see of answers, and the agent's way from the desk to the published answer, without JavaScript."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from parvis.core.processes import actions as debates
from parvis.core.processes.answering import actions
from parvis.core.processes.answering.assigning import actions as assigning
from parvis.core.processes.answering.models import Answer, Contest, Follow
from parvis.core.processes.answering.reading.views import asked
from parvis.core.processes.models import Contribution

from .conftest import AT, CLOSED

ATOM = "{http://www.w3.org/2005/Atom}"


def page(response):
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def agent(mandate):
    client = Client()
    client.force_login(mandate().actor)
    return client


@pytest.fixture
def late(owed):
    """Return the contribution owed, its date in the past whatever day the test runs."""
    Contribution.objects.filter(pk=owed.pk).update(due_at=datetime.now(UTC) - timedelta(days=2, hours=1))
    return owed


def test_silence_is_public_with_its_owner_and_its_days(client, late):
    shown = page(client.get(reverse("answers-owed")))
    assert "Ministere" in shown
    assert "3 j de retard" in shown
    assert "n° 1, Tout publier" in shown
    assert "csrf" not in shown


def test_the_figures_are_recomputed_from_the_rows(client, debate, wording, mandate):
    process = debate()
    made = [wording(process, name=f"Auteur{rank}") for rank in range(12)]
    assigning.assign_due(process=process, at=CLOSED)
    actions.answer(contributions=made[:9], fate="noted", reasons="Lu.", at=CLOSED, mandate=None)
    Contribution.objects.filter(answered_at=None).update(due_at=AT)
    address = reverse("answers-owed")
    told = json.loads(client.get(address, {"format": "json"}).content)["authorities"][0]
    lines = b"".join(client.get(address, {"format": "csv"}).streaming_content).decode().splitlines()
    header, *rows = [line.split(",") for line in lines]
    answered = [row for row in rows if row[header.index("repondue_le")]]
    assert (told["owed"], told["answered"], told["overdue"], told["rank"]) == (12, 9, 3, 1)
    assert (len(rows), len(answered)) == (12, 9)
    assert told["rate"] == 75.0
    assert told["median_days"] == 1  # answered a day after the closing


def test_what_is_not_yet_due_is_in_the_table_so_that_its_columns_add_up(client, debate, wording):
    now = datetime.now(UTC)
    process = debate(starts_at=now - timedelta(days=22), at=now - timedelta(days=22))
    for rank in range(3):
        wording(process, name=f"Auteur{rank}", at=now - timedelta(days=10))
    assigning.assign_due(process=process, at=now)
    shown = page(client.get(reverse("answers-owed")))
    cells = [f'data-label="{label}">{count}<' for label, count in
             {"Dues": 3, "Données": 0, "En retard": 0, "À échoir": 3}.items()]  # fmt: skip
    assert [cell for cell in cells if cell not in shown] == []


def test_an_authority_with_few_answers_owed_is_shown_and_not_ranked(client, late):
    told = json.loads(client.get(reverse("answers-owed"), {"format": "json"}).content)["authorities"][0]
    assert (told["rank"], told["rate"], told["median_days"]) == (None, 0.0, None)
    assert "non classé" in page(client.get(reverse("answers-owed")))
    assert "non atteint" in page(client.get(reverse("answers-owed")))


def test_the_date_explains_itself(client, owed):
    shown = page(client.get(reverse("answer-due", args=["loi-d-essai", 1])))
    assert "Point de départ : lundi 23 mars 2026 (clôture de l’étape)" in shown
    assert "Échéance : mercredi 22 avril 2026 à minuit." in shown
    assert "au plus tard le 22 avril 2026" in shown
    assert "Le calcul a changé" not in shown
    Contribution.objects.update(due_at=AT)
    assert "Le calcul a changé" in page(client.get(reverse("answer-due", args=["loi-d-essai", 1])))


def test_before_the_closing_the_page_says_that_nothing_is_due(client, debate, wording):
    wording(debate())
    response = client.get(reverse("answer-due", args=["loi-d-essai", 1]))
    assert response.status_code == 404
    assert "quand son étape se clôt" in page(response)


def test_from_the_desk_to_one_answer_for_several(agent, debate, wording):
    process = debate()
    said = "Les administrations publient leurs documents et leur code source."
    wording(process, name="Jeanne", words=said)
    wording(process, name="Ali", words=said.replace("documents", "documents administratifs"))
    wording(process, name="Zoe", words="La gratuité des cantines est garantie.")
    assigning.assign_due(process=process, at=CLOSED)
    desk = page(agent.get(reverse("answers-desk")))
    assert desk.count('name="n"') == 3
    near = page(agent.get(reverse("answers-near", args=["loi-d-essai", 1])))
    assert 'value="2" checked' in near
    assert 'value="3"' not in near

    address = f"{reverse('answer-write', args=['loi-d-essai'])}?n=1&n=2"
    told = {"fate": "adopted", "reasons": "Deux fois la même idée, juste.", "words-1": said}
    preview = page(agent.post(address, told))
    assert "Ce qui sera publié" in preview
    assert "2 auteurs prévenus" in preview
    assert Answer.objects.count() == 0
    response = agent.post(address, told | {"publish": "1"})
    given = Answer.objects.get()
    assert response.headers["Location"] == reverse("answer", args=["loi-d-essai", 1])
    assert given.words == [{"contribution": 1, "unit": "article-1", "words": said}]
    shown = page(agent.get(response.headers["Location"]))
    assert "venu de la" in shown
    assert "code source." in shown
    assert desk != page(agent.get(reverse("answers-desk")))


def test_the_wording_of_a_single_contribution_is_ready_to_be_adopted(agent, owed):
    shown = page(agent.get(f"{reverse('answer-write', args=['loi-d-essai'])}?n=1"))
    assert "Les administrations publient tout.</textarea>" in shown.replace("\n", "")


def test_what_is_missing_is_said_on_its_field_and_nothing_is_lost(agent, owed):
    address = f"{reverse('answer-write', args=['loi-d-essai'])}?n=1"
    shown = page(agent.post(address, {"fate": "adopted", "reasons": "Un long motif.", "publish": "1"}))
    assert "demande une preuve" in shown
    assert "Un long motif." in shown
    assert Answer.objects.count() == 0


def test_a_second_agent_who_answers_the_same_is_told(agent, owed, mandate):
    actions.answer(contributions=[owed], fate="noted", reasons="Vu.", at=CLOSED, mandate=None)
    address = f"{reverse('answer-write', args=['loi-d-essai'])}?n=1"
    shown = page(agent.post(address, {"fate": "noted", "reasons": "Vu aussi.", "publish": "1"}))
    assert "une réponse a déjà été donnée" in shown


def test_another_body_s_agent_does_not_enter(owed, mandate):
    client = Client()
    client.force_login(mandate(organisation="autre", name="Tiers").actor)
    assert client.get(f"{reverse('answer-write', args=['loi-d-essai'])}?n=1").status_code == 403
    assert client.get(reverse("answers-near", args=["loi-d-essai", 1])).status_code == 403
    assert "ne doit aucune réponse" in page(client.get(reverse("answers-desk")))


def test_a_correction_is_previewed_then_published_with_its_former_version(agent, rejected):
    address = reverse("answer-correct", args=["loi-d-essai", 1])
    assert "Contraire au secret des affaires." in page(agent.get(address))
    told = {"fate": "noted", "reasons": "Lu de nouveau.", "because": "Erreur de motif."}
    assert "Ce qui sera publié" in page(agent.post(address, told))
    shown = page(agent.post(address, told | {"publish": "1"}, follow=True))
    assert "Version 2" in shown
    assert "Corrigée parce que : Erreur de motif." in shown
    assert "Contraire au secret des affaires." in shown


def test_the_author_contests_and_the_agent_maintains(agent, rejected):
    author = Client()
    author.force_login(rejected.author)
    address = reverse("answer-contest", args=["loi-d-essai", 1])
    author.post(address, {"because": "Aucun secret ici."})
    assert Contest.objects.get().because == "Aucun secret ici."
    assert "une fois" in page(author.post(address, {"because": "Encore."}))
    assert "Contestations à régler" in page(agent.get(reverse("answers-desk")))
    reply = reverse("answer-maintain", args=["loi-d-essai", 1])
    assert "Aucun secret ici." in page(agent.get(reply))
    agent.post(reply, {"because": "Le secret tient."})
    assert Contest.objects.get().state == "upheld"


@pytest.fixture
def unreplied(rejected):
    """Return a contest whose reply is late, whatever day the test runs."""
    actions.contest(contribution=rejected, because="Aucun secret.", author=rejected.author, at=CLOSED)
    Contest.objects.update(due_at=datetime.now(UTC) - timedelta(days=2, hours=1))
    return rejected.contest


def listed(client):
    """Return the rows of the page of answers owed, as its CSV gives them."""
    streamed = client.get(reverse("answers-owed"), {"format": "csv"}).streaming_content
    return list(csv.DictReader(io.StringIO(b"".join(streamed).decode())))


def test_a_contest_left_without_reply_is_public_and_counted(client, unreplied):
    shown = page(client.get(reverse("answers-owed")))
    assert "Contestées, sans réplique" in shown
    assert "3 j de retard" in shown
    assert 'data-label="Répliques en retard">1<' in shown
    assert "depuis 3 jours" in page(client.get(reverse("contribution", args=["loi-d-essai", 1])))
    (row,) = listed(client)
    assert (row["contestation"], bool(row["replique_due_le"]), row["repliquee_le"]) == ("open", True, "")


@pytest.mark.parametrize(("asked", "count"), [("ministere", 1), ("autre", 0)])
def test_contests_are_filtered_as_answers_are(client, unreplied, body, asked, count):
    body("autre")
    told = client.get(reverse("answers-owed"), {"format": "json", "organisme": asked, "debat": "loi-d-essai"}).json()
    assert (told["unreplied_count"], len(told["unreplied"])) == (count, count)
    assert [one["overdue_replies"] for one in told["authorities"]] == [1] * count


def settled(contest, mandate):
    actions.maintain(contested=contest, reply="Le secret tient.", at=datetime.now(UTC), mandate=mandate())


def withdrawn(contest, _mandate):
    one = contest.contribution
    debates.withdraw(contribution=one, because="Soit.", author=one.author, at=datetime.now(UTC))


@pytest.mark.parametrize("ended", [settled, withdrawn])
def test_a_contest_settled_or_withdrawn_is_late_no_more(client, unreplied, mandate, ended):
    ended(unreplied, mandate)
    assert "Contestées, sans réplique" not in page(client.get(reverse("answers-owed")))


def test_following_asks_before_it_does_and_stops_the_same_way(person, owed):
    reader = Client()
    reader.force_login(person("Ali"))
    address = reverse("contribution-follow", args=["loi-d-essai", 1])
    assert 'name="start"' in page(reader.get(address))
    assert Follow.objects.count() == 0
    reader.post(address, {"start": "1"})
    assert Follow.objects.count() == 1
    assert 'name="stop"' in page(reader.get(address))
    reader.post(address, {"stop": "1"})
    assert Follow.objects.count() == 0


def test_feeds_are_atom_that_a_reader_follows(client, rejected):
    answers = etree.fromstring(client.get(reverse("answers-feed", args=["loi-d-essai"])).content)
    entries = answers.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Non retenue : contribution 1"]
    history = etree.fromstring(client.get(reverse("contribution-feed", args=["loi-d-essai", 1])).content)
    titles = [entry.findtext(f"{ATOM}title") for entry in history.findall(f"{ATOM}entry")]
    assert titles[0] == "Réponse donnée"
    assert len({entry.findtext(f"{ATOM}id") for entry in history.findall(f"{ATOM}entry")}) == len(titles) >= 3


def test_the_contribution_s_page_says_what_becomes_of_it(client, late, mandate):
    address = reverse("contribution", args=["loi-d-essai", 1])
    assert "doit répondre au plus tard le" in page(client.get(address))
    actions.answer(contributions=[late], fate="noted", reasons="Bien lu.", at=CLOSED, mandate=mandate())
    shown = page(client.get(address))
    assert "Bien lu." in shown
    assert "Contester" not in shown
    assert "Réponse n° 1, de Ministere, le 24 mars 2026" in shown


def test_the_debate_s_page_counts_its_answers(client, rejected):
    shown = page(client.get(reverse("debate", args=["loi-d-essai"])))
    assert "Suivre les réponses (flux Atom)" in shown
    assert "Non retenue" in shown


def test_lists_of_thirty_ask_eight_questions_at_most(client, debate, wording, django_assert_max_num_queries):
    process = debate()
    for rank in range(30):
        wording(process, name=f"Auteur{rank}")
    assigning.assign_due(process=process, at=CLOSED)
    Contribution.objects.update(due_at=AT)
    with django_assert_max_num_queries(8):
        assert client.get(reverse("answers-owed")).status_code == 200
    actions.answer(
        contributions=list(process.contributions.all()), fate="noted", reasons="Lu.", at=CLOSED, mandate=None
    )
    with django_assert_max_num_queries(8):
        assert client.get(reverse("answers", args=["loi-d-essai"])).status_code == 200


def test_whoever_answers_reads_the_citizen_s_words_as_the_public_does(owed):
    titles = [title for title, _ in asked([owed])[0].fields]

    assert "L'article tel que cette contribution l'écrirait" in titles
    assert "L'article tel que vous l'écririez" not in titles
