"""Pages that are the same for everyone are made once a second, and kept for whoever asks meanwhile.

It stands before Django: a page found here costs no request, no session and no query. What can be kept is decided by
what was asked and by what was answered, and each doubt is a refusal:

- asked: GET or HEAD, without a cookie of ours (session, form, message), without Authorization, Range or a script's
  own header; the other cookies are taken away before the page is made, so that it cannot depend on them;
- answered: 200, whole, small, without Set-Cookie, neither private nor forbidden to keep, and varying only by what the
  key holds (host, path, query, Accept, encoding).

Life is the whole of the invalidation: an act is seen by everyone a second later at most, and at once by whoever is
signed in, whose pages never pass here. Visitors' own caches ask again each time, and are answered 304.
"""

import gzip
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, TypeAlias
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Key: TypeAlias = tuple[str, ...]
Headers: TypeAlias = list[tuple[str, str]]

MOST_BYTES: Final = 64 * 1024 * 1024
"""Bytes of pages that one process keeps; past it, the least lately asked go."""

LARGEST: Final = 1024 * 1024
"""Bytes of a page that is kept: more is a download."""

GRACE: Final = 5
"""Seconds during which a page past its life is still given, while one visitor waits for the new one."""

ASKED_APART: Final = ("HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_HX_REQUEST", "HTTP_X_REQUESTED_WITH")
VARIES_BY: Final = {"accept", "accept-encoding", "cookie"}
FILES: Final = "/static/"
OURS: Final = re.compile(r"(?:^|;)\s*(?:sessionid|csrftoken|messages)\s*=")
NOT_KEPT: Final = re.compile(r"private|no-store|no-cache|max-age=0", re.IGNORECASE)
SAID_AGAIN: Final = {"etag", "cache-control", "vary", "content-location", "expires", "content-security-policy"}
"""Headers of a 304 (RFC 9110, 15.4.5), and the policy of the page that it renews."""


@dataclass
class Kept:
    """A page, ready to be sent, and the instant of the clock when it is to be made again."""

    headers: Headers
    body: bytes
    tag: str
    until: float = 0
    unchanged: Headers = field(default_factory=list)

    def __post_init__(self) -> None:
        self.unchanged = [(name, value) for name, value in self.headers if name.lower() in SAID_AGAIN]

    @property
    def weight(self) -> int:
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


class PageCache:
    """A WSGI application around the site's: it answers what it keeps, and asks the site the rest."""

    def __init__(
        self, site: WSGIApplication, *, seconds: float, clock: Callable[[], float] = time.monotonic,
        most_bytes: int = MOST_BYTES,
    ) -> None:  # fmt: skip
        self.site, self.seconds, self.clock, self.most_bytes = site, seconds, clock, most_bytes
        self.pages: OrderedDict[Key, Kept] = OrderedDict()
        self.weight = 0
        self.lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = key_of(environ) if self.seconds else None
        if key is None:
            return self.site(environ, start_response)
        kept = self.fresh(key)
        if kept is None:
            return self.made(key, environ, start_response)
        return send(kept, environ, start_response)

    def fresh(self, key: Key) -> Kept | None:
        """Return the page kept, unless it must be made again: then it serves the others while one makes it."""
        with self.lock:
            kept = self.pages.get(key)
            if kept is None:
                return None
            self.pages.move_to_end(key)
            now = self.clock()
            if now < kept.until:
                return kept
            stale = now >= kept.until + GRACE
            kept.until = now + GRACE
            if stale:
                self.drop(key)
            return None

    def made(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Ask the site, without the visitor's cookies; keep the answer if it is anyone's."""
        said = Said()
        parts = self.site({**environ, "HTTP_COOKIE": ""}, said)
        if environ["REQUEST_METHOD"] != "GET" or not is_for_anyone(said.status, said.headers):
            self.forget(key)
            start_response(said.status, said.headers)
            return parts
        kept = page(said.headers, whole(parts))
        self.keep(key, kept)
        return send(kept, environ, start_response)

    def keep(self, key: Key, kept: Kept) -> None:
        """Keep a page for its life, and let the least lately asked go when they weigh too much."""
        with self.lock:
            self.drop(key)
            kept.until = self.clock() + self.seconds
            self.pages[key] = kept
            self.weight += kept.weight
            while self.weight > self.most_bytes:
                self.drop(next(iter(self.pages)))

    def forget(self, key: Key) -> None:
        """Keep no longer what has just been answered otherwise: an error, a page that became someone's."""
        with self.lock:
            self.drop(key)

    def drop(self, key: Key) -> None:
        gone = self.pages.pop(key, None)
        if gone is not None:
            self.weight -= gone.weight


class Said:
    """What the site begins its answer with."""

    status: str
    headers: Headers

    def __call__(self, status: str, headers: Headers, _fault: Any = None, /) -> Callable[[bytes], object]:  # noqa: ANN401 -- WSGI's signature
        self.status, self.headers = status, headers
        return self.write

    def write(self, _data: bytes) -> None:
        raise NotImplementedError  # WSGI's former way of answering, which Django does not use


def key_of(environ: WSGIEnvironment) -> Key | None:
    """Return what tells one page from another, or None where the question is a person's."""
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or path.startswith(FILES):
        return None
    if OURS.search(environ.get("HTTP_COOKIE", "")) or any(environ.get(name) for name in ASKED_APART):
        return None
    encoding = "gzip" if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else ""
    came = (environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_PROTO", ""))
    place = (environ.get("HTTP_HOST", ""), environ.get("SCRIPT_NAME", ""))
    return (*came, *place, path, environ.get("QUERY_STRING", ""), environ.get("HTTP_ACCEPT", ""), encoding)


def is_for_anyone(status: str, headers: Headers) -> bool:
    """Whether an answer may be given to whoever asks the same."""
    told = {name.lower(): value for name, value in headers}
    if not status.startswith("200") or "set-cookie" in told or NOT_KEPT.search(told.get("cache-control", "")):
        return False
    varies = {name.strip().lower() for name in told.get("vary", "").split(",") if name.strip()}
    length = told.get("content-length", "")
    return varies <= VARIES_BY and length.isdigit() and int(length) <= LARGEST


def whole(parts: Iterable[bytes]) -> bytes:
    """Read an answer to its end, and let the site tidy up after it."""
    try:
        return b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()


def page(headers: Headers, body: bytes) -> Kept:
    """Make a page ready to be sent: its tag is that of its text, however it is packed."""
    told = {name.lower(): value for name, value in headers}
    text = gzip.decompress(body) if told.get("content-encoding") == "gzip" else body
    tag = told.get("etag") or f'W/"{hashlib.sha256(text).hexdigest()[:32]}"'
    control = told.get("cache-control", "public, no-cache")
    varies = ", ".join(sorted({*filter(None, re.split(r",\s*", told.get("vary", ""))), "Accept-Encoding", "Cookie"}))
    ours = {"etag": tag, "cache-control": control, "vary": varies}
    others = [(name, value) for name, value in headers if name.lower() not in ours]
    return Kept([*others, ("ETag", tag), ("Cache-Control", control), ("Vary", varies)], body, tag)


def send(kept: Kept, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Send a page; to whoever has it already, only that it did not change; to HEAD, its headers."""
    if is_known(environ.get("HTTP_IF_NONE_MATCH", ""), kept.tag):
        start_response("304 Not Modified", kept.unchanged)
        return ()
    start_response("200 OK", kept.headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (kept.body,)


def is_known(asked: str, tag: str) -> bool:
    """Whether the visitor has this version (weak comparison: RFC 9110, 13.1.2)."""
    return bool(asked) and (asked.strip() == "*" or tag.removeprefix("W/") in re.findall(r'"[^"]*"', asked))
