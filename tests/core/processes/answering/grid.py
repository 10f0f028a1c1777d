"""Who sees what is owed: everyone. A lead has a desk; the body that owes is another one: see test_pages."""

from datetime import UTC, datetime, timedelta

from house.roles import EVERYONE, NOBODY, SIGNED_IN, everyone, signed_in

DONE = everyone(302)

GRID = {
    "answers-owed": EVERYONE,
    "answers": EVERYONE,
    "answers-feed": EVERYONE,
    "answer": EVERYONE,
    "answer-due": EVERYONE,
    "contribution-feed": EVERYONE,
    "answers-desk": NOBODY | {"lead": 200},
    "answers-near": NOBODY,
    # Without a contribution chosen, there is nothing to answer: the address says so to those who are signed in.
    "answer-write": signed_in(404),
    "POST answer-write": signed_in(404),
    "answer-correct": NOBODY,
    "POST answer-correct": NOBODY,
    "answer-maintain": NOBODY,
    "POST answer-maintain": NOBODY,
    "answer-contest": NOBODY,
    "POST answer-contest": NOBODY,
    "debate-follow": SIGNED_IN,
    "contribution-follow": SIGNED_IN,
    "POST debate-follow": DONE,
    "POST contribution-follow": DONE,
}

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSED = AT + timedelta(days=40)


def addresses():
    """Hold a debate: one contribution answered then contested, one still owed."""
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions as debates
    from parvis.core.processes.answering import actions
    from parvis.core.processes.answering.assigning import actions as assigning

    body = actors.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=AT)
    process = debates.open_process(
        procedure="consultation", slug="essai", title="Essai", summary="Un essai.", organisation=body,
        starts_at=AT, at=AT, is_fictitious=True,
    )  # fmt: skip
    author = actors.open_account(email="auteur@parvis.example", public_name="Auteure", password="x" * 12, at=AT)
    told = {"process": process, "kind": "proposal", "author": author, "at": AT}
    first = debates.contribute(fields={"title": "Ouvrir les menus", "text": "Des cantines."}, **told)
    debates.contribute(fields={"title": "Ouvrir les prix", "text": "Des cantines."}, **told)
    assigning.assign_due(process=process, at=CLOSED)
    actions.answer(contributions=[first], fate="noted", reasons="Vu.", at=CLOSED, mandate=None)
    actions.contest(contribution=first, because="Non.", author=author, at=CLOSED)
    slug, one, other = {"slug": "essai"}, {"slug": "essai", "number": 1}, {"slug": "essai", "number": 2}
    return {
        **dict.fromkeys(("answers", "answers-feed", "answer-write", "debate-follow"), slug),
        **dict.fromkeys(
            ("answer", "answer-correct", "answer-due", "answer-maintain", "answer-contest", "contribution-follow"), one
        ),
        "contribution-feed": one,
        "answers-near": other,
    }
