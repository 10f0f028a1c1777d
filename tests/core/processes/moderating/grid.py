"""Who reads moderation: everyone. Of these roles, the steward alone moderates; nobody wrote what is hidden."""

from datetime import UTC, datetime

from house.roles import EVERYONE, NOBODY, SIGNED_IN

GRID = {
    "moderation": EVERYONE,
    "moderation-charter": EVERYONE,
    "decision": EVERYONE,
    "report": SIGNED_IN,
    "POST report": SIGNED_IN,
    "moderation-queue": NOBODY | {"steward": 200},
    "moderation-decide": NOBODY | {"steward": 404},  # nothing chosen
    "POST moderation-decide": NOBODY | {"steward": 404},
    "appeal": NOBODY,
    "POST appeal": NOBODY,
    "appeal-decide": NOBODY | {"steward": 200},
    "POST appeal-decide": NOBODY | {"steward": 200},
}

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def addresses():
    """Hide one contribution of a debate, and leave another."""
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions as debates
    from parvis.core.processes.moderating import actions

    body = actors.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=AT)
    process = debates.open_process(
        procedure="consultation", slug="essai", title="Essai", summary="Un essai.", organisation=body,
        starts_at=AT, at=AT, is_fictitious=True,
    )  # fmt: skip
    author = actors.open_account(email="auteur@parvis.example", public_name="Auteure", password="x" * 12, at=AT)
    told = {"process": process, "kind": "proposal", "author": author, "at": AT}
    one, _ = (debates.contribute(fields={"title": title, "text": "Vu."}, **told) for title in ("Une", "Autre"))
    ruling = actions.Ruling("hidden", "publicite", "Vend un logiciel.")
    made = actions.decide(contributions=[one], ruling=ruling, at=AT, mandate=None)[0]
    actions.appeal(decision=made, because="Non.", author=author, at=AT)
    return {
        **{name: {"number": 1} for name in ("decision", "appeal", "appeal-decide")},
        "report": {"slug": "essai", "number": 2},
    }
