"""One person a role, with the mandate that the role asks."""

from datetime import datetime

from django.utils.timezone import localdate

from parvis.core.actors import actions
from parvis.core.actors.models import Actor

MANDATED = ("lead", "reviewer", "steward")
PASSWORD = "un mot de passe public"


def person(role: str, *, at: datetime) -> Actor:
    is_staff = role in {"steward", "admin"}
    actor = actions.open_account(
        email=f"{role}@parvis.example", public_name=role, password=PASSWORD, is_staff=is_staff, at=at
    )
    if role == "admin":
        Actor.objects.filter(pk=actor.pk).update(is_superuser=True)
        actor.refresh_from_db()
    if role in MANDATED:
        # Each a body of its own: a reviewer does not judge what their own body leads.
        body = actions.register_organisation(slug=f"{role}-de-demonstration", name=role, at=at)
        actions.grant_mandate(actor=actor, role=role, organisation=body, starts_on=localdate(at), at=at)
    return actor


def people(*, at: datetime) -> dict[str, Actor | None]:
    roles = ("citizen", *MANDATED, "admin")
    return {"anonymous": None, **{role: person(role, at=at) for role in roles}}
