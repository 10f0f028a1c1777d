"""Adopted words enter the text mechanically, each with its source; a conflict is named, and nobody chooses for us."""

import csv
import json

import pytest
from django.utils.timezone import localdate

from participation.joins.conftest import AT, CLOSED, DURING, FIRST
from parvis.core.errors import ParvisError
from parvis.core.ledger.models import Entry
from parvis.core.processes.acts import ActNotOpen
from parvis.core.processes.answering import actions as answering
from parvis.core.texts import actions as texts
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.editing import Source
from parvis.participation import actions
from parvis.participation.consolidating.gathering import Adopted, gather

HOURS = FIRST.replace("à tous.", "à tous, à toute heure.")
NOBODY = FIRST.replace("Nul ne", "Personne ne")
EACH = FIRST.replace("à tous.", "à chacun.")
CHILDREN = FIRST.replace("à tous.", "aux enfants.")


@pytest.fixture
def consolidate(debate, people):
    return lambda at=CLOSED: actions.consolidate(process=debate, at=at, mandate=people["steward"])


def test_two_contributions_enter_one_article(debate, propose, adopt, consolidate):
    adopt(propose("1er", HOURS), HOURS)
    adopt(propose("1er", NOBODY), NOBODY)
    version = consolidate()

    expected = FIRST.replace("à tous.", "à tous, à toute heure.").replace("Nul ne", "Personne ne")
    assert version.document().words("1er") == expected
    assert (version.slug, version.author) == ("consolidation-places", "Ville d'essai")
    assert [parent.slug for parent in version.parents.all()] == ["projet"]


def test_blame_says_whose_words_they_are(debate, propose, adopt, consolidate, client):
    adopt(propose("1er", HOURS), HOURS)
    consolidate()
    address = "/textes/places/articles/1er/origine/"
    rows = list(csv.DictReader(client.get(f"{address}?format=csv").getvalue().decode().splitlines()))

    (mine,) = [row for row in rows if json.loads(row["sources"])]
    assert mine["words"].strip() == ", à toute heure"
    on = f"{localdate(CLOSED):%d/%m/%Y}"
    assert json.loads(mine["sources"]) == [
        f"Ces mots viennent de la contribution n° 1, adoptée par Ville d'essai le {on}"
    ]
    assert json.loads(mine["urls"]) == ["/debats/places/contributions/1/"]


def test_it_is_sealed_in_the_debate_and_in_the_text(debate, propose, adopt, consolidate):
    adopt(propose("1er", HOURS), HOURS)
    version = consolidate()
    entry = Entry.objects.get(kind="consolidation.published")

    assert (entry.stream, entry.key) == ("debats/places", version.slug)
    assert '"contributions":[1]' in entry.opening
    assert Entry.objects.filter(stream="textes/places", key=version.slug).count() == 1


def test_done_again_it_is_the_same_version(debate, propose, adopt, consolidate):
    adopt(propose("1er", HOURS), HOURS)
    first, count = consolidate(), Entry.objects.count()

    assert consolidate() == first
    assert Entry.objects.count() == count


def test_a_corrected_answer_makes_a_second_version_and_the_first_stays(debate, propose, adopt, consolidate, people):
    given = adopt(propose("1er", HOURS), HOURS)
    first = consolidate()
    said = [{"contribution": 1, "unit": "1er", "words": NOBODY}]
    answering.correct(
        given=given, fate="partly", reasons="Mieux.", because="Relu.", words=said, at=CLOSED, mandate=people["agent"]
    )
    second = consolidate()

    assert (second.slug, second.document().words("1er")) == ("consolidation-places-2", NOBODY)
    assert first.document().words("1er") == HOURS


def test_a_version_of_a_debate_whose_name_begins_alike_is_not_this_one_s(propose, adopt, consolidate, law, client):
    words = Document((Passage("1er", "1er", HOURS), Passage("2", "2", "Autre.")))
    for slug in ("consolidation-places", "consolidation-places-2"):
        texts.publish_version(text=law, document=words, slug=slug, title="D'un autre débat", at=CLOSED)
    adopt(propose("1er", HOURS), HOURS)

    assert consolidate().slug == "consolidation-places-3"
    page = client.get("/debats/places/").content.decode()
    assert "/consolidation-places-3/" in page
    assert "D'un autre débat" not in page


def test_two_adopted_wordings_on_the_same_words_are_a_named_conflict(debate, propose, adopt, consolidate, client):
    adopt(propose("1er", EACH), EACH)
    adopt(propose("1er", CHILDREN), CHILDREN)

    with pytest.raises(actions.ConflictsRemain, match="1\u00a0conflit reste entre mots adoptés"):
        consolidate()
    page = client.get("/debats/places/consolidation/").content.decode()
    assert "changent les mêmes mots : « tous »" in page
    assert "/debats/places/reponses/1/" in page
    assert "/debats/places/reponses/2/" in page


def test_nothing_is_consolidated_while_people_may_still_propose(debate, propose, people):
    with pytest.raises(ActNotOpen, match="l'étape « Réponses » commence le"):
        actions.consolidate(process=debate, at=DURING, mandate=people["steward"])


def test_what_adopts_no_word_consolidates_nothing(debate, propose, adopt, consolidate):
    adopt(propose("1er", HOURS), HOURS, fate="rejected")

    with pytest.raises(actions.NothingAdopted, match="Aucune réponse n'adopte de mots"):
        consolidate()


def test_a_debate_without_a_text_has_nothing_to_consolidate(town, people):
    from parvis.core.processes import actions as processes

    debate = processes.open_process(
        procedure="consultation", slug="idees", title="Des idées", summary="Sans texte.", organisation=town,
        starts_at=AT, at=AT,
    )  # fmt: skip
    with pytest.raises(actions.NoTextToConsolidate, match="ne porte pas sur une version d'un texte"):
        actions.consolidate(process=debate, at=CLOSED, mandate=people["steward"])


def test_an_agent_who_may_not_publish_texts_is_refused(debate, propose, adopt, people):
    adopt(propose("1er", HOURS), HOURS)

    with pytest.raises(ParvisError, match="ne permet pas de publier un texte"):
        actions.consolidate(process=debate, at=CLOSED, mandate=people["agent"])


def test_carriage_returns_of_a_browser_are_no_change(debate, propose, adopt, consolidate):
    adopt(propose("1er", HOURS), HOURS.replace("\n", "\r\n"))

    assert consolidate().document().words("1er") == HOURS


def adopted(words, version="v1", unit="1er"):
    return Adopted(1, unit, words, version, Source("contribution", "contribution n° 1"), "")


def document(words):
    return Document((Passage("1er", "1er", words),))


def test_words_written_on_a_former_version_are_carried_over():
    base, now = "Un deux trois.", "Zéro un deux trois."
    found = gather([adopted("Un deux quatre.")], document(now), {"v1": document(base), "v2": document(now)})

    assert found.consolidated(document(now)).document.words("1er") == "Zéro un deux quatre."


def test_words_that_meet_what_changed_since_are_a_conflict():
    base, now = "Un deux trois.", "Un deux cinq."
    found = gather([adopted("Un deux quatre.")], document(now), {"v1": document(base)})

    assert len(found.conflicts) == 1
    assert found.edits == ()


def test_what_has_no_effect_is_told():
    found = gather([adopted("Un."), adopted("Deux.", unit="9")], document("Un."), {"v1": document("Un.")})

    assert ([one.unit for one in found.idle], [one.unit for one in found.lost]) == (["1er"], ["9"])


def test_the_page_publishes_for_those_who_may(debate, propose, adopt, people, client):
    adopt(propose("1er", HOURS), HOURS)
    address = "/debats/places/consolidation/"

    assert "csrfmiddlewaretoken" not in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    client.force_login(people["agent"].actor)
    assert client.post(address).status_code == 403
    client.force_login(people["steward"].actor)
    answer = client.post(address)

    assert answer.url == "/textes/places/tableau/?de=projet&a=consolidation-places"
    shown = client.get(answer.url).content.decode()
    assert "Contribution n° 1, adoptée par Ville d&#x27;essai" in shown
    assert "Ces mots sont ceux de la version" in client.get(address).content.decode()
    assert "Le texte consolidé" in client.get("/debats/places/").content.decode()


def test_a_refusal_on_the_page_is_a_sentence(debate, propose, adopt, people, client):
    adopt(propose("1er", EACH), EACH)
    adopt(propose("1er", CHILDREN), CHILDREN)
    client.force_login(people["steward"].actor)
    answer = client.post("/debats/places/consolidation/", follow=True)

    assert "1\u00a0conflit reste entre mots adoptés" in answer.content.decode()
    assert texts.Version.objects.count() == 1


def test_the_page_of_a_debate_without_a_text_is_not_there(town, client):
    from parvis.core.processes import actions as processes

    processes.open_process(
        procedure="consultation", slug="idees", title="Des idées", summary="Sans texte.", organisation=town,
        starts_at=AT, at=AT,
    )  # fmt: skip
    answer = client.get("/debats/idees/consolidation/")

    assert answer.status_code == 404
    assert "il n&#x27;y a rien à consolider" in answer.content.decode()
