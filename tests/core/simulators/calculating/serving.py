"""Serve the site with the fictitious calculator, for a browser: « python serving.py PORT »."""

import sys
from wsgiref.simple_server import make_server

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- Django must be set up before

from core.simulators.calculating.fictions import AIDE  # noqa: E402
from core.simulators.conftest import TINY  # noqa: E402
from parvis.config.wsgi import application  # noqa: E402
from parvis.core.simulators.calculators import CALCULATORS  # noqa: E402
from parvis.core.simulators.engines import ENGINES  # noqa: E402
from parvis.core.simulators.hosting import keeping  # noqa: E402
from parvis.core.simulators.hosting.calling import host  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    ENGINES.filled()[TINY.slug] = TINY
    CALCULATORS.filled()[AIDE.slug] = AIDE
    host(TINY.slug).install(tell=lambda _step: None)
    with make_server("127.0.0.1", int(sys.argv[1]), application) as server:
        print("servi", flush=True)  # noqa: T201 -- the test waits for it
        try:
            server.serve_forever()
        finally:
            keeping.stop(host(TINY.slug))
