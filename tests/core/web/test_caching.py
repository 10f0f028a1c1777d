"""The page cache: it serves everyone's pages again, and never anyone's to another."""

import gzip

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver

from parvis.core.web.caching import PageCache, is_known


class Visitor:
    """Asks a WSGI application, as a browser with or without cookies would."""

    def __init__(self, site, **told):
        self.site, self.told = site, told

    def ask(self, path="/", method="GET", **told):
        environ = RequestFactory(**self.told).generic(method, path, **told).environ
        return Answer(self.site, environ)


class Answer:
    def __init__(self, site, environ):
        parts = site(environ, self.begin)
        self.body = b"".join(parts)
        getattr(parts, "close", lambda: None)()

    def begin(self, status, headers, _fault=None):
        self.status, self.headers = int(status[:3]), {name.lower(): value for name, value in headers}

    @property
    def text(self):
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Counting:
    """An invented site that counts what it is asked, and answers what a test tells it."""

    def __init__(self, status="200 OK", body=b"page", **headers):
        self.status, self.body, self.asked, self.cookies = status, body, 0, []
        self.headers = {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}

    def __call__(self, environ, start_response):
        self.asked += 1
        self.cookies.append(environ.get("HTTP_COOKIE", ""))
        start_response(self.status, list(self.headers.items()))
        return [self.body]


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def cached(site, clock, **given):
    return Visitor(PageCache(site, **{"seconds": 1, "clock": clock, **given}))


def test_a_page_over_https_is_not_given_to_whoever_came_without_it(clock):
    site = Counting()
    visitor = cached(site, clock)
    for scheme in ("https", "http"):
        visitor.ask(HTTP_X_FORWARDED_PROTO=scheme)
    assert site.asked == 2


def test_a_page_is_made_once_for_its_life(clock):
    site = Counting()
    visitor = cached(site, clock)
    for now in (100.0, 100.5, 100.99):
        clock.now = now
        assert visitor.ask().body == b"page"
    assert site.asked == 1
    clock.now = 101.0
    visitor.ask()
    assert site.asked == 2


@pytest.mark.parametrize(
    "apart",
    [
        {"path": "/autre/"},
        {"path": "/?page=2"},
        {"headers": {"accept": "application/json"}},
        {"headers": {"host": "autre.example"}},
        {"headers": {"accept-encoding": "gzip"}},
        {"secure": True},
    ],
    ids=["path", "query", "format", "host", "encoding", "scheme"],
)
def test_two_questions_have_two_pages(clock, apart):
    site = Counting()
    visitor = cached(site, clock)
    visitor.ask()
    visitor.ask(**apart)
    assert site.asked == 2
    visitor.ask()
    visitor.ask(**apart)
    assert site.asked == 2, "and each is kept"


@pytest.mark.parametrize(
    "asked",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "lu=1; csrftoken=abc"},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_AUTHORIZATION": "Bearer abc"},
        {"HTTP_RANGE": "bytes=0-1"},
        {"HTTP_HX_REQUEST": "true"},
        {"method": "POST"},
        {"method": "OPTIONS"},
        {"path": "/static/web/parvis.css"},
    ],
)
def test_a_person_s_question_never_passes_by_the_cache(clock, asked):
    site = Counting()
    visitor = cached(site, clock)
    visitor.ask(**{name: value for name, value in asked.items() if name == "path"})
    for count in (2, 3):
        visitor.ask(**asked)
        assert site.asked == count


@pytest.mark.parametrize(
    "site",
    [
        Counting(**{"Set-Cookie": "sessionid=abc"}),
        Counting(**{"Cache-Control": "private"}),
        Counting(**{"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}),
        Counting(Vary="Accept, Origin"),
        Counting(Vary="*"),
        Counting(**{"Content-Length": ""}),
        Counting(**{"Content-Length": "99999999"}),
        *(Counting(status) for status in ("404 Not Found", "500 Oops", "302 Found", "403 No", "429 Slow", "206 Part")),
    ],
    ids=lambda site: f"{site.status} {list(site.headers.items())[2:] or site.headers['Content-Length']}",
)
def test_an_answer_that_may_be_a_person_s_or_an_error_is_not_kept(clock, site):
    visitor = cached(site, clock)
    visitor.ask()
    visitor.ask()
    assert site.asked == 2


def test_a_page_is_made_without_the_visitor_s_cookies(clock):
    site = Counting()
    cached(site, clock).ask(HTTP_COOKIE="mesure=jeanne")
    assert site.cookies == [""]


def test_who_has_the_page_is_told_that_it_did_not_change(clock):
    site = Counting(**{"Content-Security-Policy": "default-src 'none'", "Vary": "Accept"})
    visitor = cached(site, clock)
    first = visitor.ask()
    again = visitor.ask(HTTP_IF_NONE_MATCH=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["vary"] == "Accept, Accept-Encoding, Cookie"
    assert "content-length" not in again.headers
    assert first.headers["cache-control"] == "public, no-cache"
    clock.now, site.body = 200.0, b"Page"
    assert visitor.ask(HTTP_IF_NONE_MATCH=first.headers["etag"]).status == 200


def test_head_has_the_headers_alone_and_is_never_taken_for_the_page(clock):
    site = Counting()
    visitor = cached(site, clock)
    assert visitor.ask(method="HEAD").status == 200
    assert visitor.ask().body == b"page"
    known = visitor.ask(method="HEAD")
    assert (known.status, known.body, known.headers["content-length"], site.asked) == (200, b"", "4", 2)


def test_an_error_takes_the_page_s_place(clock):
    site = Counting()
    visitor = cached(site, clock)
    visitor.ask()
    clock.now, site.status = 102.0, "404 Not Found"
    assert visitor.ask().status == 404
    site.status = "200 OK"
    assert (visitor.ask().status, site.asked) == (200, 3)


def test_memory_is_bounded_and_the_least_asked_pages_go(clock):
    site = Counting(body=b"x" * 1000)
    pages = PageCache(site, seconds=1, clock=clock, most_bytes=10_000)
    visitor = Visitor(pages)
    for number in range(50):
        visitor.ask(f"/{number}/")
        visitor.ask("/0/")
    assert pages.weight <= 10_000
    assert pages.weight == sum(page.weight for page in pages.pages.values())
    asked = site.asked
    visitor.ask("/0/")
    assert site.asked == asked, "the most asked is still there"


def test_while_one_visitor_waits_for_the_new_page_others_have_the_old_one(clock):
    class Slow(Counting):
        def __call__(self, environ, start_response):
            if self.asked == 1:
                meanwhile.append(visitor.ask().body)
            return super().__call__(environ, start_response)

    meanwhile, site = [], Slow()
    visitor = cached(site, clock)
    visitor.ask()
    clock.now, site.body = 101.5, b"new!"
    assert visitor.ask().body == b"new!"
    assert meanwhile == [b"page"]


def test_it_can_be_turned_off(clock):
    site = Counting()
    visitor = cached(site, clock, seconds=0)
    visitor.ask()
    visitor.ask()
    assert site.asked == 2


@pytest.mark.parametrize(("asked", "known"), [('"a", W/"b"', True), ("*", True), ('"c"', False), ("", False)])
def test_tags_are_compared_weakly(asked, known):
    assert is_known(asked, 'W/"b"') is known


@pytest.fixture
def people(transactional_db):
    """Two people, signed in, with the cookies of their sessions."""
    from datetime import UTC, datetime

    from parvis.core.actors import actions

    made = {}
    for name in ("Alphonsine", "Barnabé"):
        at = datetime(2026, 3, 2, 9, tzinfo=UTC)
        actor = actions.open_account(email=f"{len(made)}@parvis.example", public_name=name, password="mot", at=at)
        client = Client()
        client.force_login(actor)
        made[name] = "; ".join(f"{key}={one.value}" for key, one in client.cookies.items())
    return made


PAGES = ("/", "/plan-du-site/", "/a-propos/", "/journal/", "/compte/connexion/")


@pytest.mark.parametrize("order", [("Alphonsine", "", "Barnabé", ""), ("", "Barnabé", "", "Alphonsine")])
@pytest.mark.parametrize("path", PAGES)
def test_on_the_real_site_no_one_is_served_another_s_page(people, clock, path, order):
    visitor = Visitor(PageCache(WSGIHandler(), seconds=60, clock=clock))
    for _ in range(2):
        for who in order:
            told = {"HTTP_COOKIE": people[who]} if who else {}
            for packed in ({}, {"HTTP_ACCEPT_ENCODING": "gzip"}):
                page = visitor.ask(path, **told, **packed).text
                assert [name for name in people if name in page] == ([who] if who else [])


@pytest.mark.parametrize("path", ["/", "/plan-du-site/", "/a-propos/", "/journal/", "/donnees-et-licences/"])
def test_public_pages_are_kept_for_they_touch_no_session_and_hold_no_form_token(transactional_db, clock, path):
    pages = PageCache(WSGIHandler(), seconds=60, clock=clock)
    answer = Visitor(pages).ask(path)
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
    assert "csrfmiddlewaretoken" not in answer.text
    assert len(pages.pages) == 1


def plain_addresses(resolver, before="/"):
    """Yield the addresses that ask for nothing, the back office and accounts left out."""
    for entry in resolver.url_patterns:
        path = f"{before}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield from () if set("<^") & set(path) else (path,)
        elif not path.startswith(("/gestion/", "/compte/")):
            yield from plain_addresses(entry, path)


def test_no_public_page_of_any_app_holds_a_form_token_or_a_cookie(db):
    addresses = sorted(set(plain_addresses(get_resolver())))
    assert len(addresses) >= 15
    answers = {path: Client().get(path) for path in addresses}
    read = {path: answer for path, answer in answers.items() if answer.status_code == 200 and not answer.streaming}
    assert [path for path, answer in read.items() if answer.cookies] == []
    assert [path for path, answer in read.items() if b"csrfmiddlewaretoken" in answer.content] == []


def test_on_the_real_site_the_page_to_sign_in_is_never_kept(transactional_db, clock):
    pages = PageCache(WSGIHandler(), seconds=60, clock=clock)
    first, second = (Visitor(pages).ask("/compte/connexion/") for _ in range(2))
    assert not pages.pages
    assert first.headers["set-cookie"] != second.headers["set-cookie"]


def test_a_page_packed_and_a_page_plain_have_one_tag(transactional_db, clock):
    visitor = Visitor(PageCache(WSGIHandler(), seconds=60, clock=clock))
    plain, packed = visitor.ask("/a-propos/"), visitor.ask("/a-propos/", HTTP_ACCEPT_ENCODING="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.text == packed.text
    assert plain.headers["etag"] == packed.headers["etag"]
