"""A crowd that votes over HTTP: a real server on the test's database, signed-in people, plain connections."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.timezone import now, timedelta

from house.outside import database, free_port

TOKEN = "c" * 32
"""The secret of a form, given back by the cookie and by the form: Django compares both."""

LISTEN = """
import parvis.config.wsgi
from parvis.config.serving import listen
import sys
listen("127.0.0.1", int(sys.argv[1]))
"""

START_SECONDS = 600


class Site:
    """The site, served by granian as `parvis serve` does, to be killed and started again."""

    def __init__(self, home):
        self.home, self.port, self.process = home, free_port(), None

    def environment(self):
        return {
            **os.environ, "PARVIS_HOME": str(self.home), "PARVIS_DATABASE": database(),
            "PARVIS_SECRET_KEY": settings.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "parvis.config.settings",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }  # fmt: skip

    def start(self):
        command = [sys.executable, "-c", LISTEN, str(self.port)]
        (self.home / "static").mkdir(parents=True, exist_ok=True)
        with (self.home / "server.txt").open("a") as told:
            # A session of its own: a kill reaches the workers as well as their parent.
            self.process = subprocess.Popen(
                command, env=self.environment(), stdout=told, stderr=told, start_new_session=True
            )
        self.wait()

    def wait(self):
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            assert self.process.poll() is None, (self.home / "server.txt").read_text()
            assert time.monotonic() < deadline, "the site does not start"
            time.sleep(0.02)

    def answers(self):
        with suppress(OSError), Line(self.port) as line:
            return line.ask(b"GET /debats/votes/aucun/?format=json HTTP/1.1\r\nHost: localhost\r\n\r\n").status > 0
        return False

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def served(home):
    site = Site(home)
    site.start()
    try:
        yield site
    finally:
        site.kill()


@dataclass(frozen=True)
class Answer:
    """What the site answered."""

    status: int
    headers: bytes
    body: bytes

    @property
    def receipt(self):
        return json.loads(self.body)["receipt"]


class Line:
    """One connection, kept open. An answer that does not come whole is an OSError."""

    def __init__(self, port):
        self.port, self.socket, self.left = port, None, b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket, self.left = None, b""

    def send(self, request):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=300)
        self.socket.sendall(request)

    def read(self):
        while b"\r\n\r\n" not in self.left:
            self._more()
        head, _, self.left = self.left.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while len(self.left) < length:
            self._more()
        body, self.left = self.left[:length], self.left[length:]
        return Answer(int(head.split(b" ", 2)[1]), head, body)

    def _more(self):
        piece = self.socket.recv(65_536)
        if not piece:
            raise ConnectionError("the site hung up")
        self.left += piece

    def ask(self, request):
        self.send(request)
        return self.read()


def ballot(address, session, choice, key):
    """Return a ballot as a browser sends it, asking for JSON."""
    body = urlencode({"choix": choice, "envoi": key, "csrfmiddlewaretoken": TOKEN})
    return (
        f"POST {address} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
        f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def sign_in(count):
    """Open so many accounts at once, each with a session; return their session keys."""
    from parvis.core.actors.models import Actor, Session, SessionStore

    made = [
        Actor(email=f"v{n}@parvis.example", public_name=f"V{n}", folded_name=f"v{n}", password="!", confirmed_at=now())
        for n in range(count)
    ]
    Actor.objects.bulk_create(made)
    store = SessionStore()
    kept = [
        Session(
            session_key=f"{actor.pk:032d}",
            session_data=store.encode({
                SESSION_KEY: str(actor.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: actor.get_session_auth_hash(),
            }),
            expire_date=now() + timedelta(days=1),
            account=actor.pk,
        )
        for actor in made
    ]  # fmt: skip
    Session.objects.bulk_create(kept)
    return [session.session_key for session in kept]
