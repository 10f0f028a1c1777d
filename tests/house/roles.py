"""The roles of the permission matrix, and the rows that hold for most addresses: a new role is added here."""

ROLES = ("anonymous", "citizen", "lead", "reviewer", "steward", "admin")


def everyone(status: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, status)


def signed_in(status: int) -> dict[str, int]:
    """Lead who has not signed in to where one does; answer all others alike."""
    return everyone(status) | {"anonymous": 302}


EVERYONE, SIGNED_IN = everyone(200), signed_in(200)
NOBODY = signed_in(403)
"""An act that none of them may do: it is another's."""

TEAM = NOBODY | {"steward": 200, "admin": 200}
