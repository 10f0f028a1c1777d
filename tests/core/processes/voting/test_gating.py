"""One ballot too many is told to come back at once, before anything is done for it; pages are not in its way."""

import threading

import pytest

from parvis.core.processes.voting.gating import gated

PATIENCE = 60
"""Seconds that nothing takes: after them something is stuck, however busy the machine."""

BALLOT = {"REQUEST_METHOD": "POST", "PATH_INFO": "/debats/votes/couleur/voter/"}
PAGE = {"REQUEST_METHOD": "GET", "PATH_INFO": "/debats/votes/couleur/"}


class Site:
    """A site that keeps ballots until it is let go."""

    def __init__(self):
        self.inside, self.let_go = threading.Semaphore(0), threading.Event()

    def __call__(self, environ, start_response):
        if environ is BALLOT:
            self.inside.release()
            assert self.let_go.wait(PATIENCE)
        start_response("200 OK", [])
        return [b"done"]


def ask(application, environ):
    """Return the status, the headers and the body that are answered."""
    told = []
    body = b"".join(application(environ, lambda status, headers: told.extend((status, dict(headers)))))
    return (*told, body)


@pytest.fixture
def crowd():
    """A gate for two with two ballots inside; the gate, and what lets them go."""
    from parvis.core.processes.voting.views import waiting_room

    site = Site()
    application = gated(site, page=waiting_room, inside=2)
    people = [threading.Thread(target=ask, args=(application, BALLOT)) for _ in range(2)]
    for one in people:
        one.start()
    for _ in people:
        assert site.inside.acquire(timeout=PATIENCE)
    yield application, lambda: (site.let_go.set(), [one.join(PATIENCE) for one in people])
    site.let_go.set()


def test_one_too_many_is_told_in_french_when_to_come_back(crowd):
    application, _ = crowd
    status, headers, body = ask(application, BALLOT)  # the two others are inside: one who waited would not come back

    assert (status, headers["Retry-After"]) == ("503 Service Unavailable", "5")
    assert "Beaucoup de personnes votent en ce moment" in body.decode()
    assert int(headers["Content-Length"]) == len(body)


def test_pages_are_read_meanwhile(crowd):
    application, _ = crowd

    assert ask(application, PAGE)[0] == "200 OK"


def test_the_gate_opens_again(crowd):
    application, let_go = crowd
    let_go()

    assert ask(application, BALLOT)[0] == "200 OK"
