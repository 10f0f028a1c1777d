"""One context, three representations: the same address answers in HTML, JSON or CSV.

A page's context is a frozen dataclass with a `title`; `rows()`, where there is one, is its main table.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from itertools import chain, islice
from math import isfinite
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise

from parvis.core.errors import ParvisError
from parvis.core.web import errors

TYPES = {"html": "text/html", "json": "application/json", "csv": "text/csv"}
"""The formats that an address may answer in, and their media types."""

HTML_ONLY = {"html_only": True}
"""Metadata of a dataclass field that JSON leaves out (a form, a drawing): `field(metadata=HTML_ONLY)`."""


LINES_A_PIECE = 2_000


class UnpublishableValue(ParvisError):
    """A page holds a value that has no public form: nothing is published by accident."""


class Page(Protocol):
    """What a template and a re-user are given."""

    @property
    def title(self) -> str: ...


@runtime_checkable
class HasRows(Protocol):
    """A page with a main table, one mapping a line, in the order shown."""

    def rows(self) -> Iterable[Mapping[str, object]]: ...


def show(request: HttpRequest, template: str, page: Page, status: int = 200) -> HttpResponseBase:
    """Answer with the page in the format that the address (?format=) or the Accept header asks."""
    wanted = _format(request, page)
    if wanted is None:
        response: HttpResponseBase = _not_acceptable(request, page)
    elif wanted == "csv" and isinstance(page, HasRows):
        response = csv_response(page.rows(), _name(request))
    elif wanted == "json":
        response = json_response({"url": _address(request), **public(page)}, status)
    else:
        response = render(request, template, {"page": page}, status=status)
    patch_vary_headers(response, ["Accept"])
    return response


MOST_RANKS = 9
"""Digits of a rank: no list is longer, and no database takes a number of any length."""


def rank_asked(request: HttpRequest, name: str) -> int:
    """Return the rank, in a list, that the address asks to begin at; 0 where it asks none that can be."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) <= MOST_RANKS else 0


def formats(page: object) -> tuple[str, ...]:
    """Return the formats of a page: CSV only where there is a table."""
    return ("html", "json", "csv") if isinstance(page, HasRows) else ("html", "json")


def csv_response(rows: Iterable[Mapping[str, object]], name: str) -> StreamingHttpResponse:
    """Stream rows as CSV: RFC 4180, UTF-8, comma, columns of the first row, French texts as they are."""
    response = StreamingHttpResponse(_csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def json_response(content: object, status: int = 200) -> HttpResponse:
    """Answer with JSON in UTF-8, indented so that a person may read it too."""
    body = orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return HttpResponse(body, content_type="application/json; charset=utf-8", status=status)


def public(value: object) -> Any:  # noqa: ANN401 -- JSON
    """Return the JSON form of a value.

    Days and instants are ISO 8601; a Decimal is a string, so that no cent is lost in a float.
    An object with a method `public()` says itself what is public; anything else, and NaN, raises UnpublishableValue.
    """
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)):
        return value
    if isinstance(value, Enum):
        return public(value.value)
    if isinstance(value, str | Promise | Decimal | UUID):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return _public_structure(value)


def _public_structure(value: object) -> object:
    if hasattr(value, "public"):
        return public(value.public())
    if is_dataclass(value):
        shown = [field.name for field in fields(value) if not field.metadata.get("html_only")]
        return {name: public(getattr(value, name)) for name in shown}
    if isinstance(value, Mapping):
        return {str(key): public(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [public(item) for item in value]
    raise UnpublishableValue(
        f"Un objet {type(value).__name__} n'a pas de forme publique : donnez-lui une méthode public(), ou HTML_ONLY."
    )


def _format(request: HttpRequest, page: object) -> str | None:
    offered = formats(page)
    if "format" in request.GET:
        asked = request.GET["format"]
        return asked if asked in offered else None
    preferred = request.get_preferred_type([TYPES[name] for name in offered])
    return next((name for name in offered if TYPES[name] == preferred), None)


def _not_acceptable(request: HttpRequest, page: object) -> HttpResponse:
    return render(request, "web/error.html", {"page": errors.not_acceptable(formats(page))}, status=406)


def _address(request: HttpRequest) -> str:
    """Return this page's address with its filters, without the format."""
    kept = request.GET.copy()
    kept.pop("format", None)
    return request.build_absolute_uri(f"{request.path}?{kept.urlencode()}" if kept else request.path)


def _name(request: HttpRequest) -> str:
    """Return a file name from the address: /registres/procurement/lignes/ gives registres-procurement-lignes."""
    return "-".join(part for part in request.path.split("/") if part) or "parvis"


class _Line:
    """A file that hands back what is written to it, so that csv.writer can stream."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Yield CSV some thousand lines at a time: memory stays small, and each piece is worth sending."""
    writer: Any = csv.writer(_Line())  # the stubs say that writerow returns nothing; it returns what write() does
    remaining = iter(rows)
    first = next(remaining, None)
    if first is None:
        return
    names = list(first)
    yield writer.writerow(names)
    remaining = chain([first], remaining)
    while some := list(islice(remaining, LINES_A_PIECE)):
        yield "".join(writer.writerow([_cell(row[name]) for name in names]) for row in some)


def _cell(value: object) -> object:
    """Write a day or an instant in ISO 8601, a list or a mapping as JSON, and nothing as an empty cell."""
    if isinstance(value, list | tuple | dict):
        return orjson.dumps(public(value)).decode()
    return value.isoformat() if isinstance(value, date | time) else value
