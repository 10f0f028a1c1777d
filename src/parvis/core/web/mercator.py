"""A frame of map in the Mercator projection, where places become pixels."""

from dataclasses import dataclass
from functools import cached_property
from math import asinh, radians, tan


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


def _ordinate(latitude: float) -> float:
    return asinh(tan(radians(latitude)))


METROPOLE = Frame(south=41.2, west=-5.3, north=51.3, east=9.8, width=520)
"""Metropolitan France and Corsica."""
