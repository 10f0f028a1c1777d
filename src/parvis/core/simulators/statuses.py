"""The HTTP status of what simulators refuse: pages and API answer the same."""

from http import HTTPStatus

from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import RefusedInput
from parvis.core.simulators.hosting import refusals
from parvis.core.simulators.running.files import NotARun

WAIT_SECONDS = 5
"""After which who was told 503 may come back."""

STATUSES: dict[type[ParvisError], HTTPStatus] = {
    NotARun: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusedInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    refusals.UnknownEngine: HTTPStatus.NOT_FOUND,
    refusals.NotAnswered: HTTPStatus.NOT_FOUND,
    refusals.TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    refusals.EngineNotInstalled: HTTPStatus.SERVICE_UNAVAILABLE,
    refusals.EngineBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    refusals.EngineStopped: HTTPStatus.SERVICE_UNAVAILABLE,
    refusals.WrongFrame: HTTPStatus.SERVICE_UNAVAILABLE,
    refusals.TooLong: HTTPStatus.GATEWAY_TIMEOUT,
}


def status_of(refusal: ParvisError) -> HTTPStatus:
    """Return the status of a refusal: that of the nearest kind that it derives from."""
    known = (STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES)
    return next(known, HTTPStatus.UNPROCESSABLE_ENTITY)
