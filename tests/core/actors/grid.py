"""Who may open which page of accounts, and what they are answered."""

EVERYONE = dict.fromkeys(("citizen", "lead", "reviewer", "steward", "admin"), 200)

GRID = {
    "account": {"anonymous": 302, **EVERYONE},
    "login": {"anonymous": 200, **EVERYONE},
    "POST login": {"anonymous": 200, **EVERYONE},
    "password-change": {"anonymous": 302, **EVERYONE},
    "POST password-change": {"anonymous": 302, **EVERYONE},
    "password-changed": {"anonymous": 302, **EVERYONE},
    "POST logout": dict.fromkeys(("anonymous", *EVERYONE), 302),
    "logout": dict.fromkeys(("anonymous", *EVERYONE), 405),
}
