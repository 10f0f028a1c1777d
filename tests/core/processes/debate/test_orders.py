"""Lists: the rotating order is drawn and found again by anyone; pages have no hole and no double."""

from datetime import date, timedelta
from hashlib import sha256

import pytest

from core.processes.conftest import AT
from parvis.core.processes import actions, orders
from parvis.core.processes.models import Contribution
from parvis.core.processes.orders import Cursor, UnknownOrder, UnreadableCursor


@pytest.fixture
def many(debate, person):
    """Seventeen proposals with uneven supports, in a debate."""
    process, author = debate("ideas", "des-idees", subject=""), person()
    for rank in range(17):
        fields = {"title": f"Idée {rank}", "text": "Planter des arbres." if rank % 3 else "Planter des haies."}
        actions.contribute(process=process, kind="proposal", fields=fields, author=author, at=AT + timedelta(days=1))
    for one in Contribution.objects.all():
        Contribution.objects.filter(pk=one.pk).update(supports=one.number % 4, votes_for=one.number % 3)
    return process


def expected(process, order, start):
    found = list(Contribution.objects.filter(process=process))
    keys = {
        "tour": lambda one: ((one.draw - start) % 2**32, one.number),
        "numero": lambda one: one.number,
        "recent": lambda one: -one.number,
        "soutiens": lambda one: (-(one.supports + one.votes_for), one.number),
    }
    return [one.number for one in sorted(found, key=keys[order])]


def key(order, one):
    return {"tour": one.draw, "soutiens": one.supports + one.votes_for}.get(order, one.number)


@pytest.mark.parametrize("order", orders.ORDERS)
@pytest.mark.parametrize("size", [1, 4, 16, 17, 18])
def test_pages_give_the_whole_list_once_forwards_and_backwards(many, order, size):
    start = orders.beginning(many.slug, date(2026, 3, 3))
    rows = Contribution.objects.filter(process=many)
    walked, cursor, more = [], None, True
    while more:
        page, more = rows.page(order, beginning=start, cursor=cursor, size=size)
        walked += page
        cursor = Cursor(key(order, page[-1]), page[-1].number)
    assert [one.number for one in walked] == expected(many, order, start)
    back, more = [], True
    cursor = Cursor(key(order, walked[-1]), walked[-1].number, is_backwards=True)
    while more:
        page, more = rows.page(order, beginning=start, cursor=cursor, size=size)
        back = page + back
        cursor = Cursor(key(order, page[0]), page[0].number, is_backwards=True)
    assert back == walked[:-1]


def test_the_draws_are_sha256_of_public_texts():
    assert orders.draw("loi", 7) == int(sha256(b"loi/7").hexdigest()[:8], 16)
    assert orders.seed("loi", date(2026, 3, 3)) == "loi/2026-03-03"
    assert orders.beginning("loi", date(2026, 3, 3)) == int(sha256(b"loi/2026-03-03").hexdigest()[:8], 16)


def test_nobody_stays_first_for_long(many):
    days = [date(2026, 3, 1) + timedelta(days=rank) for rank in range(60)]
    rows = Contribution.objects.filter(process=many)
    first = [
        rows.page("tour", beginning=orders.beginning(many.slug, day), cursor=None, size=1)[0][0].number for day in days
    ]
    assert len(set(first)) >= 10
    assert max(first.count(number) for number in set(first)) <= 20


@pytest.mark.parametrize("written", ["12", "a.b", "1.2.3", "99999999999.1", "-1.1", "1.1 or 1=1"])
def test_a_place_that_is_not_one_is_refused(written):
    with pytest.raises(UnreadableCursor):
        orders.read_cursor(written, "")


def test_an_order_that_does_not_exist_is_refused_and_the_default_explains_itself():
    with pytest.raises(UnknownOrder, match="Ordres : tour, numero, recent, soutiens"):
        orders.order_named("engagement")
    assert orders.order_named("") is orders.ROTATING
    assert all(order.because.endswith(".") for order in orders.ORDERS.values())


@pytest.mark.parametrize(
    ("text", "count"),
    [("haie", 6), ("arbres", 11), ("planter l'arbre", 11), ("haies arbres", 0), ("le", 17), ("", 17)],
)
def test_a_search_finds_every_form_of_a_word_and_asks_them_all(many, text, count, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert len(Contribution.objects.filter(process=many).saying(many, text)) == count


def test_a_word_that_many_hold_is_searched_along_the_list(many, three_are_many):
    assert len(Contribution.objects.filter(process=many).saying(many, "planter arbres")) == 11


@pytest.fixture
def three_are_many():
    """Let three contributions be many, for the time of a test."""
    from parvis.core.processes import models

    kept, models.FEW = models.FEW, 3
    yield
    models.FEW = kept


def test_the_first_of_each_kind_on_an_article_are_those_of_the_list(debate, person):
    process = debate()
    for rank in range(9):
        author = person(f"Personne {rank}".replace(" ", "-"))
        for kind, fields in (("opinion", {"side": "for"}), ("comment", {"text": "Bien."})):
            actions.contribute(
                process=process, kind=kind, fields=fields, author=author, unit="article-1", at=AT + timedelta(days=1)
            )
    for day in range(1, 28, 3):
        start = orders.beginning(process.slug, date(2026, 3, day))
        rows = Contribution.objects.filter(process=process).told()
        heads = rows.heads(process, "article-1", ["opinion", "comment"], beginning=start, size=3)
        for kind in ("opinion", "comment"):
            listed, _ = rows.filter(kind=kind).page("tour", beginning=start, cursor=None, size=3)
            assert [one["number"] for one in heads if one["kind"] == kind][:3] == [one["number"] for one in listed]
