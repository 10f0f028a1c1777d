"""Read the files of laws and debates strictly: a field is taken, or left on purpose, and what is missing is said."""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from parvis.core.errors import ParvisError
from parvis.core.registers.jsontext import Json, Window, documents
from parvis.core.registers.strict import Row


class MissingField(ParvisError):
    """A source lacks a field that its reader needs."""

    def __init__(self, name: str, where: str) -> None:
        super().__init__(
            f"{where} : le champ « {name} » manque. Rien n'a été gardé : complétez le fichier et recommencez."
        )


class UnknownValue(ParvisError):
    """A source holds a value that its reader does not know."""

    def __init__(self, value: object, what: str, where: str) -> None:
        super().__init__(
            f"{where} : « {value} » n'est pas {what} que ce lecteur connaît. Rien n'a été gardé : corrigez le "
            "fichier, ou ajoutez cette valeur au lecteur."
        )


class Fields(Row):
    """One record of a source, emptied as it is read; `where` says in errors which one."""

    __slots__ = ("where",)

    def __init__(self, fields: dict[str, Json], where: str) -> None:
        super().__init__(dict(fields))
        self.where = where

    def must(self, name: str) -> Json:
        """Take a field that has to be there."""
        if name not in self.fields:
            raise MissingField(name, self.where)
        return self.take(name)

    def over(self) -> None:
        """Raise UnreadColumns if anything remains."""
        self.finish(self.where)


def load(path: Path) -> Json:
    """Return what a JSON file holds; numbers are texts, a field given twice is refused."""
    with path.open("rb") as stream:
        return Window(stream, path.name).value()


def lines(path: Path) -> Iterator[Json]:
    """Yield the values of a file of JSON lines, compressed or not."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
        yield from (value for _, value in documents(Window(stream, path.name), {}))  # type: ignore[arg-type]


def day(text: str, where: str) -> date:
    """Return the date that a source writes as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnknownValue(text, "une date (AAAA-MM-JJ)", where) from error
