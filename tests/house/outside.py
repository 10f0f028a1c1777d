"""What a process of its own is given: a port where nobody listens, and this test's database."""

import socket
from urllib.parse import quote

from django.db import connection


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database() -> str:
    """Return the address of this test's database."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    where = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}@"
    where += f"{given['HOST']}:{given['PORT']}" if "/" not in given["HOST"] else ""
    return f"postgresql://{where}/{given['NAME']}?host={quote(given['HOST'])}"
