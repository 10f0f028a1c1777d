"""Keep engines running while a site is served, ask how they do, and end them."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from parvis.core.errors import ParvisError
from parvis.core.simulators.hosting import starting
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.hosting.wire import Header, pack, receive

RETRY_SECONDS = 1.0
"""An engine that ends while it is kept is started again after this long."""


@dataclass
class Keeper:
    """One engine kept: a caller that asks nothing and stays."""

    host: Host
    is_over: threading.Event = field(default_factory=threading.Event)
    sock: socket.socket | None = None

    def run(self) -> None:
        """Stay connected; where the process ends, start another."""
        while not self.is_over.is_set():
            with suppress(ParvisError, OSError):
                self.sock = self.host.connection()
                with self.sock:
                    self.sock.sendall(pack({"word": "keep"}))
                    receive(self.sock)
            self.is_over.wait(RETRY_SECONDS)

    def end(self) -> None:
        self.is_over.set()
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def kept(hosts: Iterable[Host]) -> Iterator[None]:
    """Start the engines that are installed, keep them started, and end them after."""
    keepers = [Keeper(host) for host in hosts if host.is_installed]
    threads = [threading.Thread(target=keeper.run, daemon=True) for keeper in keepers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for keeper in keepers:
            keeper.end()
            stop(keeper.host)


def status(host: Host) -> Header | None:
    """Ask an engine's process how it does; None where it has none."""
    return starting.say(host.address, "status")


def stop(host: Host) -> bool:
    """Tell an engine's process to end once it has answered; say whether there was one."""
    return starting.say(host.address, "stop") is not None
