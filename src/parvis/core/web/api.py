"""What every app's part of the public API shares: problems (RFC 9457), media types, the sentence of a refusal.

Each app gives a `ninja.Router`; `parvis.config.api` joins them.
"""
# ruff: noqa: ARG001 -- Ninja gives its request to every handler, by that name

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from parvis.core import french
from parvis.core.errors import ParvisError
from parvis.core.web import bodies

PROBLEM = "application/problem+json; charset=utf-8"

DOWNLOADS: dict[str, tuple[str, ...]] = {}
"""The media types of each operation that answers with a file, by its identifier; filled by the apps' api modules."""

REFUSED: dict[type[ParvisError], tuple[HTTPStatus, str]] = {}
"""The status and title of a refusal, and of those that derive from it; any other is « 400 Demande refusée ».

Filled by the apps' api modules.
"""

RETRY_SECONDS = 5


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


REFUSALS = {400: Problem, 404: Problem, 422: Problem}

OTHERWISE: dict[str, str] = {}
"""The media type of the refusals of operations that follow another standard than ours, by identifier."""


class StrictParser(Parser):
    """Reads the body of a request, or refuses it in a sentence."""

    def parse_body(self, request: HttpRequest) -> Any:  # noqa: ANN401 -- whatever JSON holds
        return bodies.strictly(request.body)


class DescribedAPI(NinjaAPI):
    """An API that reads strictly, and whose document says the media types that it truly answers with."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- Ninja's own
        """Take Ninja's options."""
        super().__init__(parser=StrictParser(), **options)

    def get_openapi_schema(self, **options: Any) -> dict[str, Any]:  # noqa: ANN401 -- Ninja's own
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    response["content"] = contents(operation["operationId"], int(status), response.get("content", {}))
        return schema


def contents(operation: str, status: int, described: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contents of a response by media type: a problem, a download, or JSON."""
    if status >= HTTPStatus.BAD_REQUEST:
        return {OTHERWISE.get(operation, "application/problem+json"): described["application/json"]}
    if operation in DOWNLOADS:
        return {media_type: {"schema": {}} for media_type in DOWNLOADS[operation]}
    return dict(described)


def problem(status: HTTPStatus, title: str, detail: str) -> HttpResponse:
    """Answer with problem details."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = orjson.dumps(content)
    return HttpResponse(body, status=status, content_type=PROBLEM)


def refused(request: HttpRequest, error: ParvisError) -> HttpResponse:
    known = (REFUSED[kind] for kind in type(error).__mro__ if kind in REFUSED)
    status, title = next(known, (HTTPStatus.BAD_REQUEST, "Demande refusée"))
    response = problem(status, title, str(error))
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def absent(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, "Introuvable", str(error) or "Rien ne se trouve à cette adresse.")


def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = ", ".join(sorted({str(fault["loc"][-1]) for fault in error.errors}))
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Paramètres illisibles", f"Revoyez la forme de : {names}.")


def unread(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer to a body that is not JSON: its reader says why."""
    because = error.__cause__ if isinstance(error.__cause__, ParvisError) else "Cette demande ne se lit pas."
    return problem(HTTPStatus(error.status_code), "Corps illisible", str(because))


def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    most = french.number(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    detail = f"Cette demande passe {most} octets : envoyez-la en plusieurs fois, ou en fichier à « parvis simulate »."
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Corps trop grand", detail)


HANDLERS = {
    ParvisError: refused,
    Http404: absent,
    ValidationError: unreadable,
    HttpError: unread,
    RequestDataTooBig: too_big,
}
