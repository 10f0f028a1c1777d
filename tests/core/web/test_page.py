import csv
import io
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from types import ModuleType

import pytest
from django.urls import include, path

from parvis.core.web.page import HTML_ONLY, UnpublishableValue, csv_response, public, show


class Colour(StrEnum):
    STONE = "stone"


@dataclass(frozen=True)
class Line:
    day: date
    amount: Decimal


@dataclass(frozen=True)
class Table:
    title: str
    lines: tuple[Line, ...]
    secret: object = field(default=None, metadata=HTML_ONLY)

    def rows(self):
        return [{"day": line.day, "amount": line.amount, "tags": ["a", "é"]} for line in self.lines]


@dataclass(frozen=True)
class Text:
    title: str


LINES = (Line(date(2015, 7, 1), Decimal("10.10")), Line(date(2015, 7, 2), Decimal("1e3")))


def table(request):
    return show(request, "web/bare.html", Table("Jalons, 2015", LINES, object()))


def text(request):
    return show(request, "web/bare.html", Text("Un <texte>"))


@pytest.fixture
def site(client, settings, db):
    addresses = ModuleType("addresses")
    addresses.urlpatterns = [
        path("", include("parvis.core.web.urls")),
        path("compte/", include("parvis.core.actors.urls")),
        path("table/", table),
        path("text/", text),
    ]
    settings.ROOT_URLCONF = addresses
    return client


def test_html_is_the_default_and_texts_are_escaped(site):
    response = site.get("/text/")
    assert response["Content-Type"].startswith("text/html")
    assert "Un &lt;texte&gt;" in response.content.decode()


@pytest.mark.parametrize("how", [{"query_params": {"format": "json"}}, {"headers": {"accept": "application/json"}}])
def test_json_holds_the_page_less_what_is_for_html_only(site, how):
    found = json.loads(site.get("/table/", **how).content)
    assert found == {
        "url": "http://testserver/table/",
        "title": "Jalons, 2015",
        "lines": [{"day": "2015-07-01", "amount": "10.10"}, {"day": "2015-07-02", "amount": "1E+3"}],
    }


@pytest.mark.parametrize("how", [{"query_params": {"format": "csv"}}, {"headers": {"accept": "text/csv"}}])
def test_csv_holds_the_rows(site, how):
    response = site.get("/table/", **how)
    assert response["Content-Disposition"] == 'attachment; filename="table.csv"'
    assert list(csv.reader(io.StringIO(response.getvalue().decode()))) == [
        ["day", "amount", "tags"],
        ["2015-07-01", "10.10", '["a","é"]'],
        ["2015-07-02", "1E+3", '["a","é"]'],
    ]


def test_a_cache_is_told_that_the_answer_depends_on_accept(site):
    assert "Accept" in site.get("/table/")["Vary"]


@pytest.mark.parametrize(
    "how",
    [{"query_params": {"format": "xml"}}, {"query_params": {"format": "csv"}}, {"headers": {"accept": "image/png"}}],
)
def test_an_unknown_format_is_refused_with_those_that_exist(site, how):
    response = site.get("/text/", **how)
    assert response.status_code == 406
    assert "Formats de cette page : HTML, JSON." in response.content.decode()


def test_the_json_address_keeps_the_filters(site):
    found = json.loads(site.get("/table/", query_params={"format": "json", "acheteur": "x y"}).content)
    assert found["url"] == "http://testserver/table/?acheteur=x+y"


@pytest.mark.parametrize("value", [object(), float("nan"), b"octets"])
def test_what_has_no_public_form_is_never_published(value):
    with pytest.raises(UnpublishableValue, match=f"Un objet {type(value).__name__} n'a pas de forme publique"):
        public({"user": [value]})


def test_a_long_table_leaves_in_pieces_and_whole():
    lines = ({"n": rank, "word": 'é,\n"'} for rank in range(5_001))
    pieces = list(csv_response(lines, "long").streaming_content)
    assert len(pieces) == 4
    found = list(csv.reader(io.StringIO(b"".join(pieces).decode(), newline="")))
    assert (len(found), found[0], found[-1]) == (5_002, ["n", "word"], ["5000", 'é,\n"'])


def test_a_thing_may_say_itself_what_is_public():
    class Person:
        password = "x"

        def public(self):
            return {"name": "Ada", "since": datetime(2015, 1, 1, tzinfo=UTC), "colour": Colour.STONE}

    assert public([Person()]) == [{"name": "Ada", "since": "2015-01-01T00:00:00+00:00", "colour": "stone"}]
