"""What comes first of all: a ballot too many is answered 503 before a session, a query or a page is made for it.

Under a rush the processor is short: a refusal that costs as much as a vote would halve the votes.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from parvis.core.processes.voting.grouping import Gate, Overloaded

Environ: TypeAlias = dict[str, Any]
Start: TypeAlias = Callable[..., object]
Application: TypeAlias = Callable[[Environ, Start], Iterable[bytes]]

INSIDE = 48
"""Ballots that one server process works on at once: one more is refused at once, and told when to come back. Fewer
than the process has threads (config/serving.py), so that one is free to say so."""

RETRY_SECONDS = 5

VOTING = "/voter/"
"""In the address of every ballot (urls.py)."""


def gated(application: Application, *, page: Callable[[], bytes], inside: int = INSIDE) -> Application:
    """Let so many ballots in at once; give the others the page that asks them to come back, and when."""
    gate = Gate(inside)

    def answer(environ: Environ, start_response: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or VOTING not in environ["PATH_INFO"]:
            return application(environ, start_response)
        try:
            with gate:
                return application(environ, start_response)
        except Overloaded:
            said = page()
            start_response("503 Service Unavailable", _headers(said))
            return [said]

    return answer


def _headers(page: bytes) -> list[tuple[str, str]]:
    return [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(page))),
        ("Content-Security-Policy", "default-src 'none'; style-src 'self'"),
        ("Cache-Control", "no-store"),
        ("Retry-After", str(RETRY_SECONDS)),
    ]
