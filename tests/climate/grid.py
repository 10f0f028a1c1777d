"""Who may open the pages of the climate: everyone."""

EVERYONE = dict.fromkeys(("anonymous", "citizen", "lead", "reviewer", "steward", "admin"), 200)

GRID = {"climate-nation": EVERYONE}
