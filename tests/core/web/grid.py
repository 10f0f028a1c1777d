"""Who may open the pages of the web app: everyone, without an account."""

EVERYONE = dict.fromkeys(("anonymous", "citizen", "lead", "reviewer", "steward", "admin"), 200)
GRID = dict.fromkeys(("home", "about", "accessibility", "data", "site-map"), EVERYONE)
