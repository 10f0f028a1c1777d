"""Find the things that rooms declare: one module, one constant, loud when something is wrong."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from threading import RLock
from typing import Generic, Protocol, TypeVar

from parvis.core.errors import ParvisError

ROOMS = (
    "parvis.plan",
    "parvis.accountability",
    "parvis.participation",
    "parvis.commons",
    "parvis.administration",
    "parvis.climate",
)


class Declared(Protocol):
    """What stands on a shelf: a frozen value with a slug."""

    @property
    def slug(self) -> str: ...


class DuplicateSlug(ParvisError):
    """Two declared things claim the same name."""


class MissingConstant(ParvisError):
    """A module stands in a shelf's folder and declares nothing."""


T = TypeVar("T", bound=Declared)


class Shelf(dict[str, T], Generic[T]):
    """The declared things of one noun, by slug, gathered from one folder of every room.

    `Shelf("registers", "REGISTER")` reads the constant REGISTER of each module in `<room>/registers/`.
    """

    def __init__(self, folder: str, constant: str, rooms: Iterable[str] = ROOMS) -> None:
        """Name the folder and the constant; the shelf is filled when it is first looked at by `filled`."""
        super().__init__()
        self.folder, self.constant, self.rooms = folder, constant, tuple(rooms)
        self._is_filled = False
        self._lock = RLock()

    def filled(self) -> "Shelf[T]":
        """Return the shelf with every room's things on it.

        Raises DuplicateSlug and MissingConstant; an error in a declared module rises as it is.
        """
        if not self._is_filled:
            with self._lock:
                self._fill_once()
        return self

    def _fill_once(self) -> None:
        # The lock is re-entrant: a thing, while it is imported, may look at its own shelf.
        if not self._is_filled:
            for room in self.rooms:
                self._fill(room)
            self._is_filled = True

    def _fill(self, room: str) -> None:
        package = f"{room}.{self.folder}"
        if find_spec(package) is None:
            return
        for found in iter_modules(import_module(package).__path__, f"{package}."):
            self._place(found.name)

    def _place(self, name: str) -> None:
        module = import_module(name)
        if not hasattr(module, self.constant):
            raise MissingConstant(f"{name} ne déclare pas {self.constant} : ajoutez-le, ou déplacez ce module.")
        thing: T = getattr(module, self.constant)
        if thing.slug in self:
            raise DuplicateSlug(
                f"« {thing.slug} » est déclaré deux fois, la seconde par {name} : changez l'un des deux."
            )
        self[thing.slug] = thing
