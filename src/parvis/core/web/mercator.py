"""A frame of map in the Mercator projection: places become pixels, and known places a faint ground of dots."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import asinh, radians, tan

CELL = 6
"""Pixels between two dots of the ground."""


@dataclass(frozen=True)
class Frame:
    """Bounds in WGS 84 degrees and a width in pixels; the height follows from the projection."""

    south: float
    west: float
    north: float
    east: float
    width: int

    @cached_property
    def scale(self) -> float:
        """Pixels a radian."""
        return self.width / radians(self.east - self.west)

    @cached_property
    def height(self) -> int:
        return round((_ordinate(self.north) - _ordinate(self.south)) * self.scale)

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the pixels of a place, from the top left corner."""
        x = radians(longitude - self.west) * self.scale
        y = (_ordinate(self.north) - _ordinate(latitude)) * self.scale
        return round(x, 1), round(y, 1)

    def dots(self, places: Iterable[tuple[float, float]]) -> str:
        """Return SVG path data with one dot in each cell that holds a known place.

        Cells of a row that touch are one stroke, drawn dotted (dashes of 0, one a cell): a country weighs 4 kB.
        """
        cells = {
            (int(y // CELL), int(x // CELL)) for x, y in (self.place(*place) for place in places if self.holds(*place))
        }
        return "".join(
            f"M{column * CELL + CELL // 2} {row * CELL + CELL // 2}h{(length - 1) * CELL + 1}"
            for row, column, length in _runs(cells)
        )


def _ordinate(latitude: float) -> float:
    return asinh(tan(radians(latitude)))


def _runs(cells: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int, int]]:
    """Group touching cells: row, first column, length."""
    for row, in_row in groupby(sorted(cells), key=lambda cell: cell[0]):
        columns = [column for _, column in in_row]
        for _, run in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
            found = [column for _, column in run]
            yield row, found[0], len(found)


METROPOLE = Frame(south=41.2, west=-5.3, north=51.3, east=9.8, width=520)
"""Metropolitan France and Corsica."""
