"""Who may read votes: everyone. Who may vote: an account whose address is confirmed; the others are led to sign in."""

from datetime import UTC, datetime, timedelta

from house.roles import EVERYONE, TEAM, everyone, signed_in

POST_ONLY = everyone(405)
NO_CHOICE = signed_in(400)
"""An empty ballot: nobody is refused for who they are, all are told to choose."""


GRID = {
    "poll-open": TEAM,
    "POST poll-open": TEAM | {"steward": 422, "admin": 422},
    "poll": EVERYONE,
    "poll-export": EVERYONE,
    "poll-outside": EVERYONE,
    "receipt": EVERYONE,
    "vote": POST_ONLY,
    "POST vote": NO_CHOICE,
    "contribution-vote": POST_ONLY,
    "POST contribution-vote": NO_CHOICE,
}


def addresses():
    """Open a debate with a proposal, a poll with one ballot, and a poll held elsewhere, all of them open today."""
    from parvis.core.actors import actions as actors
    from parvis.core.ledger import actions as ledger
    from parvis.core.processes import actions as processes
    from parvis.core.processes.voting import actions

    at = datetime.now(tz=UTC)
    body = actors.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=at)
    voter = actors.open_account(
        email="votante@parvis.example", public_name="Votante", password="un mot de passe", at=at
    )
    debate = processes.open_process(
        procedure="consultation", slug="essai", title="Une consultation", summary="Pour essayer.",
        organisation=body, starts_at=at, at=at,
    )  # fmt: skip
    said = {"title": "Publier", "text": "Que tout soit publié."}
    about = processes.contribute(process=debate, kind="proposal", fields=said, author=voter, at=at)
    given = {
        "process": debate, "question": "Oui ?", "options": {"oui": "Oui", "non": "Non"}, "form": "one",
        "opens_at": at, "closes_at": at + timedelta(days=1), "at": at,
    }  # fmt: skip
    held = actions.open_poll(slug="oui", mode="public", **given)
    elsewhere = actions.open_poll(slug="ailleurs", mode="outside", **given)
    ballot = actions.cast(poll=held, actor=voter, choice=["oui"], idempotency_key="", at=at)
    ledger.sequence(at=at)
    return {
        "poll": {"slug": held.slug},
        "poll-open": {"process": debate.slug},
        "poll-export": {"slug": held.slug},
        "poll-outside": {"slug": elsewhere.slug},
        "receipt": {"receipt": ballot.receipt},
        "vote": {"slug": held.slug},
        "contribution-vote": {"process": debate.slug, "number": about.number, "form": "opinion"},
    }
