"""Who is told, once each, and what happens when the sending is interrupted."""

import pytest
from django.core import mail

from parvis.core.actors.actions import NotConfirmed
from parvis.core.actors.models import Actor
from parvis.core.ledger.models import Entry
from parvis.core.processes.answering import actions, telling
from parvis.core.processes.answering.models import Follow, Notice
from parvis.core.processes.answering.sending import actions as sending

from .conftest import AT, CLOSED

HERE = "https://parvis.example"


def test_the_author_the_followers_and_the_supporters_are_told_once_each(owed, person, mandate):
    follower, both, supporter = person("Ali"), person("Zoe"), person("Max")
    actions.follow(actor=follower, process=owed.process, contribution=owed, at=AT)
    for about in (None, owed):
        actions.follow(actor=both, process=owed.process, contribution=about, at=AT)
    actions.follow(actor=owed.author, process=owed.process, at=AT)
    audience = lambda contributions: [supporter.pk] if owed in contributions else []  # noqa: E731
    telling.AUDIENCES.append(audience)
    try:
        actions.answer(contributions=[owed], fate="noted", reasons="Bien reçu.", at=CLOSED, mandate=mandate())
        assert mail.outbox == []
        assert sending.send_all(address=HERE, at=CLOSED) == 4
    finally:
        telling.AUDIENCES.remove(audience)
    assert sorted(one.to[0] for one in mail.outbox) == [
        "ali@parvis.example", "jeanne@parvis.example", "max@parvis.example", "zoe@parvis.example",
    ]  # fmt: skip
    first = mail.outbox[0]
    assert "Bien reçu." in first.body
    assert f"{HERE}/debats/loi-d-essai/reponses/1/" in first.body
    assert "Ne plus suivre" in first.body
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 4
    assert Entry.objects.get(kind="notice.sent").content["sent"] == 4


def test_who_supports_is_asked_once_a_notice_whatever_the_number_of_rounds(owed, person, mandate, monkeypatch):
    people, asked = [person(f"Soutien{rank}") for rank in range(5)], []

    def audience(contributions):
        asked.append(contributions)
        return [one.pk for one in people]

    monkeypatch.setattr(sending, "ROUND", 2)
    telling.AUDIENCES.append(audience)
    try:
        actions.answer(contributions=[owed], fate="noted", reasons="Vu.", at=CLOSED, mandate=mandate())
        assert sending.send_all(address=HERE, at=CLOSED) == 6
    finally:
        telling.AUDIENCES.remove(audience)
    assert asked == [[owed]]


def test_it_is_sent_once(owed, mandate):
    actions.answer(contributions=[owed], fate="noted", reasons="Vu.", at=CLOSED, mandate=mandate())
    assert [sending.send_all(address=HERE, at=CLOSED) for _ in range(2)] == [1, 0]


def test_an_interrupted_sending_goes_on_after_the_last_one_served(owed, person, mandate):
    followers = [person(f"Suiveur{rank}") for rank in range(3)]
    for one in followers:
        actions.follow(actor=one, process=owed.process, at=AT)
    actions.answer(contributions=[owed], fate="noted", reasons="Vu.", at=CLOSED, mandate=mandate())
    Notice.objects.update(reached=followers[0].pk, sent=2)
    assert sending.send_all(address=HERE, at=CLOSED) == 2
    assert [one.to[0] for one in mail.outbox] == ["suiveur1@parvis.example", "suiveur2@parvis.example"]
    assert Notice.objects.get().sent == 4


@pytest.fixture
def followed(owed, person, mandate):
    """Return a notice for four: Jeanne, who wrote, then Ali, Zoe and Max, who follow."""
    for name in ("Ali", "Zoe", "Max"):
        actions.follow(actor=person(name), process=owed.process, at=AT)
    actions.answer(contributions=[owed], fate="noted", reasons="Vu.", at=CLOSED, mandate=mandate())
    return Notice.objects.get()


def served():
    return [one.to[0].partition("@")[0] for one in mail.outbox]


def test_a_mailbox_that_refuses_stops_nobody_else(followed, settings):
    settings.EMAIL_BACKEND = "core.processes.answering.mailboxes.Refusing"
    assert [sending.send_all(address=HERE, at=CLOSED) for _ in range(2)] == [3, 0]
    followed.refresh_from_db()
    assert served() == ["jeanne", "zoe", "max"]
    assert (followed.sent, followed.refused, followed.sent_at) == (3, 1, CLOSED)
    assert sending.count_refused(at=CLOSED) == 1
    assert Entry.objects.get(kind="notice.sent").content["refused"] == 1


def test_a_line_that_breaks_is_taken_up_after_the_last_one_served(followed, settings):
    settings.EMAIL_BACKEND = "core.processes.answering.mailboxes.Breaking"
    for _ in range(3):
        with pytest.raises(ConnectionResetError):
            sending.send_all(address=HERE, at=CLOSED)
    assert sending.send_all(address=HERE, at=CLOSED) == 1
    assert served() == ["jeanne", "ali", "zoe", "max"]


def test_a_closed_or_unconfirmed_account_receives_nothing(owed, mandate):
    Actor.objects.filter(pk=owed.author_id).update(confirmed_at=None)
    actions.answer(contributions=[owed], fate="noted", reasons="Vu.", at=CLOSED, mandate=mandate())
    assert sending.send_all(address=HERE, at=CLOSED) == 0
    assert Notice.objects.get().sent_at == CLOSED


def test_a_subject_holds_no_line_of_its_own(owed, mandate):
    """A title with a line break would otherwise open a header of the mail."""
    owed.process.title = "Titre\nBcc: tous@parvis.example"
    owed.process.save()
    actions.answer(contributions=[owed], fate="noted", reasons="Vu.", at=CLOSED, mandate=mandate())
    assert sending.send_all(address=HERE, at=CLOSED) == 1
    assert mail.outbox[0].bcc == []


def test_following_twice_is_following_once_and_stopping_stops(owed, person):
    ali = person("Ali")
    for _ in range(2):
        actions.follow(actor=ali, process=owed.process, at=AT)
    assert Follow.objects.count() == 1
    for _ in range(2):
        actions.unfollow(actor=ali, process=owed.process, at=AT)
    assert Follow.objects.count() == 0
    assert list(Entry.objects.filter(kind__startswith="follow").values_list("kind", flat=True)) == [
        "follow.started",
        "follow.stopped",
    ]


def test_an_unconfirmed_account_follows_nothing(owed, person):
    ali = person("Ali")
    Actor.objects.filter(pk=ali.pk).update(confirmed_at=None)
    ali.refresh_from_db()
    with pytest.raises(NotConfirmed):
        actions.follow(actor=ali, process=owed.process, at=AT)
