"""A run of the measures: its options, its folder, its results, and the servers it started."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import payloads
from servers import CALCULATE, OPENFISCA, Server, parvis, prepared, stock
from showing import Results

Start = Callable[[Path], Server]


@dataclass
class Trial:
    """What every line is given."""

    asked: argparse.Namespace
    folder: Path
    results: Results = field(default_factory=Results)
    servers: dict[str, Server] = field(default_factory=dict)

    def prepared(self) -> Path:
        """Return the folder of the site, its database made."""
        home = self.folder / "home"
        if not home.exists():
            home.mkdir()
            prepared(home)
        return home

    def place(self, make: Start) -> Path:
        """Return the folder of a server, whose path marks its processes."""
        found = self.prepared() if make is parvis else self.folder / "stock"
        found.mkdir(exist_ok=True)
        return found

    def started(self, make: Start) -> Server:
        """Start a server and keep it for the lines that follow."""
        server = self.servers[make.__name__] = make(self.place(make))
        return server

    def site(self) -> Server:
        """Return Parvis, served; started and warm if it was not."""
        return self._served(parvis, OPENFISCA)

    def stock(self) -> Server:
        """Return OpenFisca's web API, served and warm."""
        return self._served(stock, CALCULATE)

    def _served(self, make: Start, address: str) -> Server:
        if make.__name__ not in self.servers:
            server = self.started(make)
            for wish in (payloads.INCOME, payloads.TAX):
                server.first(address, payloads.wishing(payloads.simple(), wish))
        return self.servers[make.__name__]

    def end_servers(self) -> None:
        for server in self.servers.values():
            server.stop()
        self.servers.clear()
