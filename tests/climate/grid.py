"""Who may open the pages of the climate: everyone."""

from house.roles import EVERYONE

GRID = {"climate-nation": EVERYONE}
