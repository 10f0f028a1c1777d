"""Work in a process of its own, forked from this one: what it has imported is there, and its end is its own."""

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL

from parvis.core.simulators.hosting.hands import end_with_parent

FORK = multiprocessing.get_context("fork")


def begin(work: Callable[..., object], *given: str | int) -> BaseProcess:
    """Begin a function in a process forked from this one, and return it."""
    leave_database()
    process = FORK.Process(target=alone, args=(work, *given))
    process.start()
    return process


def leave_database() -> None:
    """Close what a fork would share: a connection is of one process, and so is PostgreSQL's pool, with its threads."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if isinstance(connection, PostgreSQL):
            connection.close_pool()


def alone(work: Callable[..., object], *given: str | int) -> None:
    """Work in a process of its own, where a signal is not the site's."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    end_with_parent(signal.SIGTERM)  # killed outright, the site leaves nobody behind
    work(*given)
