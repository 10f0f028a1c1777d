"""Who reads moderation: everyone. Of these roles, the steward alone moderates; nobody wrote what is hidden."""

from datetime import UTC, datetime

OPEN = dict.fromkeys(("anonymous", "citizen", "lead", "reviewer", "steward", "admin"), 200)
SIGNED = OPEN | {"anonymous": 302}
CLOSED_TO = {"anonymous": 302} | dict.fromkeys(("citizen", "lead", "reviewer", "steward", "admin"), 403)

GRID = {
    "moderation": OPEN,
    "moderation-charter": OPEN,
    "decision": OPEN,
    "report": SIGNED,
    "POST report": SIGNED,
    "moderation-queue": CLOSED_TO | {"steward": 200},
    "moderation-decide": CLOSED_TO | {"steward": 404},  # nothing chosen
    "POST moderation-decide": CLOSED_TO | {"steward": 404},
    "appeal": CLOSED_TO,
    "POST appeal": CLOSED_TO,
    "appeal-decide": CLOSED_TO | {"steward": 200},
    "POST appeal-decide": CLOSED_TO | {"steward": 200},
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
