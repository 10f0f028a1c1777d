"""The addresses of OpenFisca's own web API, so that its clients work here: same payloads, shapes, headers and errors.

Differences, all documented: axes work, amounts may be asked over another period, a value that is not its field's is
refused rather than bent, sentences are French, documents are relative to this site.
"""
# ruff: noqa: ARG001 -- Ninja gives its request to every operation, by that name

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from ninja import Router
from ninja.decorators import decorate_view

from parvis.core.errors import ParvisError
from parvis.core.simulators import answering, payloads, situations
from parvis.core.simulators.contract import Card
from parvis.core.simulators.hosting.calling import Host, host
from parvis.core.simulators.openfisca import documents
from parvis.core.simulators.payloads import WrongPayload
from parvis.core.simulators.situations import Wanted
from parvis.core.web import bodies
from parvis.core.web.api import OTHERWISE, REFUSED, RETRY_SECONDS

router = Router(tags=["OpenFisca"])
SLUG = "openfisca"
JSON = "application/json"
MOST_PERIODS = 200  # each is a run
LISTS_KEPT = 8  # 1 MB each: variables and parameters, by the names that the site is asked under
SHAPES = {200: dict[str, Any], 404: dict[str, Any], 503: dict[str, Any]}
PAYLOAD = {
    "individus": {"Ada": {"salaire_de_base": {"2024": 30000}}},
    "foyers_fiscaux": {"ff": {"declarants": ["Ada"], "impot_revenu_restant_a_payer": {"2024": None}}},
}


def as_stock(operation: Callable[..., Mapping[str, Any] | bytes]) -> Callable[..., HttpResponse]:
    """Answer as OpenFisca's server: its headers, and its errors, which say at which path of the payload."""

    @wraps(operation)
    def answered(request: HttpRequest, *place: str, **places: str) -> HttpResponse:
        try:
            return answer(operation(request, *place, **places), HTTPStatus.OK)
        except (ParvisError, RequestDataTooBig) as error:
            return refused(error)

    return answered


def answer(said: Mapping[str, Any] | bytes, status: HTTPStatus) -> HttpResponse:
    response = HttpResponse(said if isinstance(said, bytes) else written(said), status=status, content_type=JSON)
    response["Access-Control-Allow-Origin"] = "*"
    known = host(SLUG)
    if known.is_installed:
        response["Country-Package"] = "openfisca-france"
        response["Country-Package-Version"] = version(known.card())
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def written(said: Mapping[str, Any]) -> bytes:
    return orjson.dumps(said, option=orjson.OPT_NON_STR_KEYS)


def version(card: Card) -> str:
    """Return the version of the country's package alone: « 176.1.8 »."""
    return card.version.partition(" ")[0]


def refused(error: Exception) -> HttpResponse:
    if isinstance(error, WrongPayload):
        status = HTTPStatus.NOT_FOUND if error.is_unknown else HTTPStatus.BAD_REQUEST
        return answer(nested(error.path or ("error",), error.because), status)
    if isinstance(error, RequestDataTooBig):
        status, said = (
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "Cette demande est trop grande : envoyez-la en plusieurs fois.",
        )
        return answer({"error": said}, status)
    known = (REFUSED[kind][0] for kind in type(error).__mro__ if kind in REFUSED)
    status = next(known, HTTPStatus.BAD_REQUEST)
    # OpenFisca has no 422: what it cannot compute is a bad request.
    is_refused = status == HTTPStatus.UNPROCESSABLE_ENTITY
    return answer({"error": str(error)}, HTTPStatus.BAD_REQUEST if is_refused else status)


def nested(path: tuple[str, ...], because: str) -> dict[str, Any]:
    """Write a refusal where it is: {"individus": {"Ada": {"salaire": "…"}}}."""
    first, *left = path
    return {first: nested(tuple(left), because) if left else because}


@router.post(
    "/openfisca/calculate",
    response={200: dict[str, Any], **dict.fromkeys((400, 404, 413, 503, 504), dict[str, Any])},
    operation_id="openfisca-calculate",
    url_name="openfisca-calculate",
    summary="Calculer, à la manière d'OpenFisca : les valeurs nulles sont remplacées",
    openapi_extra={
        "requestBody": {"required": True, "content": {JSON: {"schema": {"type": "object"}, "example": PAYLOAD}}}
    },
)
@decorate_view(never_cache)
@as_stock
def calculate(request: HttpRequest) -> Mapping[str, Any]:
    """Take OpenFisca's own payload; along `axes`, each null becomes a list."""
    said, known = bodies.strictly(request.body), host(SLUG)
    situation = payloads.read(known.card(), known.fields(), said, is_stock=True)
    return answering.answered(said, situation, computed(known, situation))


@router.api_operation(["OPTIONS"], "/openfisca/calculate", include_in_schema=False, url_name="openfisca-calculate")
def preflight(request: HttpRequest) -> HttpResponse:
    """Let browsers call from other sites, as OpenFisca does: there is no session here that they could borrow."""
    headers = {"Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "Content-Type"}
    return HttpResponse(headers={"Access-Control-Allow-Origin": "*", **headers})


def computed(known: Host, situation: payloads.Situation) -> dict[str, Any]:
    """Compute what a situation wishes: one run a period."""
    wished: dict[str, dict[str, None]] = defaultdict(dict)
    for wish in situation.wishes:
        wished[wish.period][wish.field] = None
    if len(wished) > MOST_PERIODS:
        raise WrongPayload(
            (), f"{len(wished)} périodes sont demandées, et une requête en porte {MOST_PERIODS} au plus."
        )
    most = max(rows.count for rows in situation.table.entities.values())
    payloads.check_cells(most * sum(map(len, wished.values())))
    return {
        period: situations.compute(known, [situation], Wanted(tuple(names), period)).columns[0]
        for period, names in wished.items()
    }


@router.get(
    "/openfisca/entities",
    response=SHAPES,
    operation_id="openfisca-entities",
    url_name="openfisca-entities",
    summary="Les entités",
)
@as_stock
def entities(request: HttpRequest) -> Mapping[str, Any]:
    return documents.entities(host(SLUG).card())


@router.get(
    "/openfisca/variables",
    response=SHAPES,
    operation_id="openfisca-variables",
    url_name="openfisca-variables",
    summary="Les variables",
)
@as_stock
def variables(request: HttpRequest) -> bytes:
    return listed(host(SLUG).card().digest, request.build_absolute_uri("/api/openfisca/variable/"))


@router.get(
    "/openfisca/parameters",
    response=SHAPES,
    operation_id="openfisca-parameters",
    url_name="openfisca-parameters",
    summary="Les paramètres",
)
@as_stock
def parameters(request: HttpRequest) -> bytes:
    address = request.build_absolute_uri("/api/openfisca/parameter/")
    return listed(host(SLUG).card().digest, address, is_parameter=True)


@lru_cache(maxsize=LISTS_KEPT)
def listed(_digest: str, address: str, *, is_parameter: bool = False) -> bytes:
    """List fields below an address; the brackets of a scale stand in their scale. Written once a set of rules."""
    return written(
        {
            name: {"description": field.label, "href": f"{address}{name.replace('.', '/') if is_parameter else name}"}
            for name, field in host(SLUG).fields().items()
            if (field.kind == "parameter") == is_parameter and "[" not in name
        }
    )


@router.get(
    "/openfisca/variable/{name}",
    response=SHAPES,
    operation_id="openfisca-variable",
    url_name="openfisca-variable",
    summary="Une variable",
)
@as_stock
def variable(request: HttpRequest, name: str) -> Mapping[str, Any]:
    found = host(SLUG).fields().get(name)
    if found is None or found.kind == "parameter":
        raise WrongPayload((), f"« {name[:60]} » n'est pas une variable de ce modèle.", is_unknown=True)
    return documents.variable(found)


@router.get(
    "/openfisca/parameter/{path:name}",
    response=SHAPES,
    operation_id="openfisca-parameter",
    url_name="openfisca-parameter",
    summary="Un paramètre",
)
@as_stock
def parameter(request: HttpRequest, name: str) -> Mapping[str, Any]:
    fields, dotted = host(SLUG).fields(), name.replace("/", ".")
    found = fields.get(dotted)
    if found is None or found.kind != "parameter":
        raise WrongPayload((), f"« {name[:60]} » n'est pas un paramètre de ce modèle.", is_unknown=True)
    parts = {one.removeprefix(dotted): fields[one] for one in fields if one.startswith(f"{dotted}[")}
    return documents.parameter(found, parts)


for _operation in ("calculate", "entities", "variables", "parameters", "variable", "parameter"):
    OTHERWISE[f"openfisca-{_operation}"] = JSON
