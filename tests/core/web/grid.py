"""Who may open the pages of the web app: everyone, without an account."""

from house.roles import EVERYONE

GRID = dict.fromkeys(("home", "about", "accessibility", "data", "site-map"), EVERYONE)
