"""The front page says what is open to debate, what is owed and late, and what was answered last."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participation.joins.conftest import AT, CLOSED, DURING
from parvis.core.processes.answering.assigning import actions as assigning
from parvis.participation.front.views import debates_panel

MOST_QUERIES = 12
LATE = CLOSED + timedelta(days=60)


@pytest.fixture
def owed(debate, propose):
    """Return a contribution whose answer is owed, its step closed."""
    one = propose("1er", "Tout est ouvert.")
    assigning.assign_all(at=CLOSED)
    return one


def test_there_is_nothing_to_show_before_a_first_debate(db):
    assert debates_panel(AT) is None


def test_an_open_debate_is_shown_with_its_step(debate):
    (one,) = debates_panel(DURING).content.open

    assert (one.title, one.url, one.step) == ("Écrire la loi des places", "/debats/places/", "Co-écriture")
    assert one.closes_at == debate.phases.get(step="writing").closes_at


def test_a_closed_debate_is_not_called_open(debate):
    content = debates_panel(AT + timedelta(days=366)).content

    assert (content.open, content.open_count) == ((), 0)


def test_what_is_owed_is_apart_from_what_is_late(owed):
    before, after = debates_panel(CLOSED).content, debates_panel(LATE).content

    assert (before.coming_count, before.late_count, before.late) == (1, 0, ())
    assert (after.coming_count, after.late_count) == (0, 1)
    assert (after.late[0].url, after.late[0].owner) == ("/debats/places/contributions/1/", "Ville d'essai")


def test_an_answer_stands_there_and_nothing_is_owed_any_more(owed, adopt):
    owed.refresh_from_db()
    adopt(owed, "Tout est ouvert.")
    content = debates_panel(LATE).content

    assert [(one.url, one.fate) for one in content.answers] == [("/debats/places/reponses/1/", "adopted")]
    assert (content.coming_count, content.late_count) == (0, 0)


def test_the_front_page_shows_it_in_a_few_questions(client, owed):
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/").content.decode()

    assert "Débattre, et recevoir réponse" in page
    assert "Écrire la loi des places" in page
    assert len(asked) <= MOST_QUERIES
