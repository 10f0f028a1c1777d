"""Quoted words are followed to the newest version, and lost ones are told on both sides."""

import pytest

from participation.joins.conftest import AT, DURING, FIRST, SECOND
from parvis.core.processes import actions as processes
from parvis.core.texts import actions as texts
from parvis.core.texts import links
from parvis.core.texts.documents import Document, Passage

CONTRIBUTION = "/debats/places/contributions/1/"
ARTICLE = "/textes/places/articles/1er/"


@pytest.fixture
def quoting(debate, people):
    return processes.contribute(
        process=debate,
        kind="wording",
        fields={"title": "Autrement", "wording": "Tout est ouvert.", "reason": "Parce que."},
        author=people["author"],
        at=DURING,
        unit="1er",
        unit_version="projet",
        quote="Nul ne peut y faire obstacle",
    )


def follow(law, words):
    """Publish the next version of the small law, its first article having these words."""
    passages = (Passage("1er", "1er", words), Passage("2", "2", SECOND)) if words else (Passage("2", "2", SECOND),)
    texts.publish_version(
        text=law, document=Document(passages), slug="suite", title="La suite", parents=[law.newest], at=AT
    )


def told(client, address):
    return client.get(address).content.decode()


def test_words_that_stand_are_said_to(law, quoting, client):
    follow(law, "Chacun le sait.\n" + FIRST)
    assert "Les mots cités sont toujours dans la version" in told(client, CONTRIBUTION)
    assert "Contribution n° 1 : « Nul ne peut y faire obstacle »" in told(client, ARTICLE)


def test_words_that_changed_are_shown_as_they_are_now(law, quoting, client):
    follow(law, FIRST.replace("faire obstacle", "faire entrave"))
    assert "se lisent : « Nul ne peut y faire entrave »" in told(client, CONTRIBUTION)
    (link,) = [link for link in links.on("places", "1er") if link.kind == "Mots cités"]
    assert link.detail == "ils se lisent aujourd’hui « Nul ne peut y faire entrave »"


def test_lost_words_are_told_on_both_sides_with_the_reason(law, quoting, client):
    follow(law, FIRST.split("\n")[0])
    assert "les mots cités ont été retirés" in told(client, CONTRIBUTION)
    article = told(client, ARTICLE)
    assert "Mots cités, perdus" in article
    assert "les mots cités ont été retirés" in article


def test_words_of_an_article_gone_are_lost(law, quoting, client):
    follow(law, "")
    assert "l&#x27;unité n&#x27;est plus dans le texte" in told(client, CONTRIBUTION)


def test_the_version_read_needs_no_word(law, quoting, client):
    assert "Les mots cités, aujourd’hui" not in told(client, CONTRIBUTION)


def test_withdrawn_words_are_not_quoted(law, quoting, people):
    follow(law, FIRST)
    processes.withdraw(contribution=quoting, because="Je me suis trompée.", author=people["author"], at=DURING)
    assert not [link for link in links.on("places", "1er") if link.kind.startswith("Mots")]
