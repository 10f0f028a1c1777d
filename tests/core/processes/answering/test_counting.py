"""The counts of answers owed and given are those that a recount of all contributions finds, after every act."""

from collections import Counter

import pytest
from django.test import Client

from parvis.core.processes import actions as debates
from parvis.core.processes.answering import actions
from parvis.core.processes.answering.assigning import actions as assigning
from parvis.core.processes.answering.models import OwedCount
from parvis.core.processes.erasing import actions as erasing
from parvis.core.processes.models import Contribution

from .conftest import CLOSED, DURING, LATE

HISTORY = ("process", "owner", "phase", "due_at", "answered_at", "fate")


def recounted():
    """Count anew from the contributions."""
    found = Counter()
    for *history, state in Contribution.objects.values_list(*HISTORY, "state"):
        due_at, answered_at = history[3], history[4]
        if answered_at or (due_at and state == "published"):
            found[tuple(history)] += 1
    return found


def kept():
    rows = OwedCount.objects.values_list(*HISTORY, "count")
    found = Counter({tuple(history): count for *history, count in rows})
    assert len(found) == len(rows), "one row a history"
    return found


def test_after_every_act_the_counts_are_those_of_a_recount(debate, wording, mandate):
    process = debate()
    every = [wording(process, name=f"Auteur{rank}", words=f"Texte {rank}.") for rank in range(8)]
    early, answered, contested, maintained, hidden, shown, withdrawn, erased = every
    by = mandate()
    told = {"reasons": "Vu.", "at": CLOSED, "mandate": by}

    def counted(expected):
        assert kept() == recounted()
        assert kept().total() == expected

    actions.answer(contributions=[early], fate="noted", reasons="Vu.", at=DURING, mandate=by)
    counted(1)
    assigning.assign_due(process=process, at=CLOSED)
    counted(8)
    given = actions.answer(contributions=[answered, contested, maintained], fate="noted", **told)
    counted(8)
    actions.correct(
        given=given, fate="rejected", reasons="Relu.", because="Une erreur.", at=CLOSED, mandate=by
    )  # fmt: skip
    counted(8)
    for one in (contested, maintained):
        actions.contest(contribution=one, because="Non.", author=one.author, at=CLOSED)
    actions.maintain(contested=maintained.contest, reply="Oui.", at=CLOSED, mandate=by)
    actions.answer(contributions=[contested], fate="noted", reasons="Bien vu.", at=LATE, mandate=by)
    counted(8)
    debates.hide(contribution=hidden, because="Injure.", at=CLOSED)
    debates.hide(contribution=shown, because="Injure.", at=CLOSED)
    counted(6)
    debates.restore(contribution=shown, because="Ce n'en était pas une.", at=CLOSED)
    counted(7)
    debates.withdraw(contribution=withdrawn, because="Je me trompais.", author=withdrawn.author, at=CLOSED)
    erasing.erase_words(contribution=erased, because="Décision de justice.", at=CLOSED)
    counted(5)
    debates.hide(contribution=answered, because="Injure.", at=LATE)
    counted(5)
    debates.hide(contribution=shown, because="Injure.", at=LATE)
    counted(4)
    debates.restore(contribution=shown, because="Ce n'en était pas une.", at=LATE)
    counted(5)


@pytest.mark.parametrize(
    ("path", "questions"),
    [
        ("/debats/loi-d-essai/", 10),
        ("/debats/loi-d-essai/contributions/1/", 12),
        ("/debats/reponses/", 7),
    ],
)
def test_a_page_asks_the_database_few_questions(rejected, django_assert_max_num_queries, path, questions):
    client = Client()
    client.get(path)
    with django_assert_max_num_queries(questions):
        assert client.get(path).status_code == 200
