"""Two acts at once, in an order that no scheduler decides: the second begins between two queries of the first."""

import threading
from contextlib import contextmanager
from time import sleep as pause

from django.db import connection

LOOK_SECONDS = 0.01
WAITS = "SELECT cardinality(pg_blocking_pids(%s)) > 0"


class Act(threading.Thread):
    """An act of someone else, on a connection of its own."""

    def __init__(self, act):
        super().__init__()
        self.act, self.known, self.backend = act, threading.Event(), None

    def run(self):
        try:
            connection.ensure_connection()
            if connection.vendor == "postgresql":
                self.backend = connection.connection.info.backend_pid
            self.known.set()
            self.act()
        finally:
            connection.close()

    def waits(self):
        """Whether it waits for us. On SQLite, whoever writes while we do waits from the first word on."""
        if connection.vendor == "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute(WAITS, [self.backend])
            return cursor.fetchone()[0]


@contextmanager
def meanwhile(act, *, after):
    """Run `act` after the first query that says `after`: until it is done, or waits for us to be."""
    other = Act(act)

    def begin(execute, sql, *given):
        answer = execute(sql, *given)
        if after in sql and other.ident is None:
            other.start()
            other.known.wait()
            while other.is_alive() and not other.waits():
                pause(LOOK_SECONDS)
        return answer

    with connection.execute_wrapper(begin):
        yield
    other.join()
