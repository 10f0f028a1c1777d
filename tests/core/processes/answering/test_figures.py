"""Rates, medians and ranks of authorities, counted by hand."""

from datetime import UTC, datetime, timedelta

from parvis.core.processes.answering.figures import Unreplied, Waiting, authorities

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(rank):
    return START + timedelta(days=rank)


def waiting(owner, *, due=30, answered=None, count=1):
    return Waiting(owner, owner, START, day(due), None if answered is None else day(answered), count)


def test_what_is_not_yet_due_neither_flatters_nor_shames():
    (one,) = authorities([waiting("a", answered=10, count=3), waiting("a", due=90, count=7)], at=day(40))
    assert (one.owed, one.answered, one.overdue, one.not_yet_due) == (10, 3, 0, 7)
    assert one.rate == 100
    assert one.median_days is None


def test_late_answers_count_as_given_and_not_in_time():
    (one,) = authorities([waiting("a", answered=31), waiting("a", answered=29), waiting("a")], at=day(40))
    assert (one.answered, one.in_time, one.overdue) == (2, 1, 1)
    assert one.rate == 66.67
    assert one.median_days == 31


def test_the_floor_keeps_a_lucky_one_from_being_first():
    small = waiting("petit", answered=1)
    good = [waiting("grand", answered=5, count=9), waiting("grand")]
    worse = [waiting("autre", answered=20, count=9), waiting("autre")]
    found = authorities([small, *worse, *good], at=day(40))
    assert [(one.slug, one.rank) for one in found] == [("grand", 1), ("autre", 2), ("petit", None)]


def test_equals_share_their_rank():
    rows = [waiting(name, answered=5, count=10) for name in ("a", "b")] + [waiting("c", answered=6, count=10)]
    assert [one.rank for one in authorities(rows, at=day(40))] == [1, 1, 3]


def test_a_body_that_owes_replies_only_is_shown_with_them():
    (one,) = authorities([], [Unreplied("a", "A", 3)], at=day(40))
    assert (one.name, one.owed, one.overdue_replies, one.rank) == ("A", 0, 3, None)
