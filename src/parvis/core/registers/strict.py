"""Read a source's records strictly: a value is taken, or left on purpose; what remains raises."""

from collections.abc import Mapping

from parvis.core.errors import ParvisError
from parvis.core.registers.jsontext import Json


class UnreadColumns(ParvisError):
    """A source holds fields that its reader neither reads nor leaves."""

    def __init__(self, fields: Mapping[str, Json], where: str) -> None:
        names = ", ".join(f"« {name} »" for name in fields)
        super().__init__(
            f"{where} : champs inconnus {names}. Rien n'a été gardé. Lisez-les dans le lecteur, "
            "ou laissez-les exprès ; si c'est une faute du fichier, corrigez-le et recommencez."
        )


class Row:
    """One record of a source, emptied as it is read."""

    __slots__ = ("fields", "take")

    def __init__(self, fields: dict[str, Json]) -> None:
        """Keep the fields: `take(name, None)` gives a value and strikes it out, or None if the source has none."""
        self.fields = fields
        self.take = fields.pop

    def leave(self, *names: str) -> None:
        """Leave these fields on purpose: the caller says why."""
        for name in names:
            self.take(name, None)

    def finish(self, where: str) -> None:
        """Raise UnreadColumns if anything remains."""
        if self.fields:
            raise UnreadColumns(self.fields, where)

    def rest(self, kept: frozenset[str], where: str) -> dict[str, Json]:
        """Return what remains, to be kept whole; raise UnreadColumns if any of it is not among `kept`."""
        if not self.fields.keys() <= kept:
            raise UnreadColumns(dict.fromkeys(self.fields.keys() - kept), where)
        return self.fields
