"""Read what installation has written of an engine: fields by name, built when they are looked at."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from parvis.core.simulators.contract import Field
from parvis.core.simulators.hosting.records import read


class Fields(Mapping[str, Field]):
    """The fields of an engine. A law has thousands, with their texts: a site's process keeps their JSON only."""

    def __init__(self, prepared: Path) -> None:
        """Read the names and the lines."""
        names = read(tuple[str, ...], (prepared / "names.json").read_bytes())
        self._lines = dict(zip(names, (prepared / "fields.jsonl").read_bytes().splitlines(), strict=True))

    def __getitem__(self, name: str) -> Field:
        """Build the field of a name."""
        return read(Field, self._lines[name])

    def __iter__(self) -> Iterator[str]:
        """Go through the names, in the engine's order."""
        return iter(self._lines)

    def __len__(self) -> int:
        """Count them."""
        return len(self._lines)
