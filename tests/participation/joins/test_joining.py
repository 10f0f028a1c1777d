"""A debate opens its text, a text leads to its debates, and neither knows the other."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participation.joins.conftest import AT, FIRST
from parvis.core.processes import subjects
from parvis.core.texts import actions as texts
from parvis.core.texts import links
from parvis.core.texts.documents import Document, Passage


def test_a_debate_opens_its_text(law):
    subject = subjects.opened("textes/places", "projet")

    assert (subject.title, subject.version, subject.current) == ("Les places", "projet", "projet")
    assert [(unit.uid, unit.number) for unit in subject.units()] == [("1er", "Article 1er"), ("2", "Article 2")]
    assert subject.unit("1er").words == FIRST
    assert subject.unit("1er").url == "/textes/places/articles/1er/?version=projet"
    assert subject.unit("9") is None


@pytest.mark.parametrize(("name", "version"), [("textes/absent", ""), ("textes/places", "v9")])
def test_a_text_that_is_not_here_is_refused(law, name, version):
    with pytest.raises(subjects.UnknownSubject, match="n'est pas sur ce site"):
        subjects.opened(name, version)


def test_a_newer_version_is_told(law):
    document = Document((Passage("1er", "1er", "Autres mots."),))
    texts.publish_version(text=law, document=document, slug="suite", title="Suite", parents=[law.newest], at=AT)

    subject = subjects.opened("textes/places", "projet")
    assert (subject.version, subject.current) == ("projet", "suite")
    assert subjects.opened("textes/places", "").version == "suite"


def test_an_article_leads_to_its_debate_with_its_count(debate, propose):
    propose("1er", "Tout est ouvert.")
    (link,) = links.on("places", "1er")

    assert (link.title, link.url) == ("Écrire la loi des places", "/debats/places/articles/1er/")
    assert link.detail == "1\u00a0contribution publiée"
    assert links.on("places", "2")[0].detail == "0\u00a0contribution publiée"
    assert links.on("places", "9") == ()
    assert links.on("places")[0].url == "/debats/places/"


def test_the_pages_lead_to_each_other(debate, client):
    article = client.get("/textes/places/articles/1er/").content.decode()
    consulted = client.get("/debats/places/articles/1er/").content.decode()

    assert 'href="/debats/places/articles/1er/"' in article
    assert 'href="/textes/places/articles/1er/?version=projet"' in consulted


def test_a_draft_of_debate_is_not_told(law, town):
    from parvis.core.processes import actions

    actions.open_process(
        procedure="cowriting", slug="brouillon", title="Brouillon", summary="Non publié.", organisation=town,
        subject=law.stream, subject_version="projet", starts_at=AT, at=AT, is_published=False,
    )  # fmt: skip

    assert links.on("places", "1er") == ()


@pytest.mark.parametrize(("days", "kind"), [(-400, "Débat clos"), (-5, "Débat ouvert"), (5, "Débat à venir")])
def test_a_link_says_whether_the_debate_is_open(law, town, days, kind):
    from django.utils import timezone

    from parvis.core.processes import actions

    now = timezone.now()
    actions.open_process(
        procedure="cowriting", slug="date", title="Daté", summary="Daté.", organisation=town, subject=law.stream,
        subject_version="projet", starts_at=now + timedelta(days=days), at=now,
    )  # fmt: skip

    assert [link.kind for link in links.on("places")] == [kind]


def test_an_article_in_debate_takes_few_questions(debate, propose, client):
    propose("1er", "Tout est ouvert.")
    client.get("/textes/places/articles/1er/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/textes/places/articles/1er/?format=json")

    assert json.loads(answer.content)["links"][0]["detail"] == "1\u00a0contribution publiée"
    assert len(asked) <= 8
