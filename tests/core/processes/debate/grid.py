"""Who may open which page of debates; the second table says what each role sees in each state (SEC-1)."""

from datetime import UTC, datetime, timedelta

from house.roles import EVERYONE, NOBODY, SIGNED_IN, TEAM, signed_in

# An empty form is said to be so: 422. What is another's is refused: 403.
SENT = signed_in(422)

GRID = {
    "debates": EVERYONE,
    "debate-guide": EVERYONE,
    "debate": EVERYONE,
    "debate-unit": EVERYONE,
    "debate-survey": EVERYONE,
    "debate-contributions": EVERYONE,
    "contribution": EVERYONE,
    "contribute": SIGNED_IN,
    "POST contribute": SENT,
    "contribution-edit": NOBODY,
    "POST contribution-edit": NOBODY,
    "contribution-withdraw": NOBODY,
    "POST contribution-withdraw": NOBODY,
    "debate-open": TEAM,
    "POST debate-open": TEAM | {"steward": 422, "admin": 422},
    "debate-publish": TEAM,
    "POST debate-publish": TEAM | {"steward": 422, "admin": 422},
    "debate-dates": TEAM,
    "POST debate-dates": TEAM | {"steward": 422, "admin": 422},
    "api:debates": EVERYONE,
    "api:debate": EVERYONE,
    "api:contributions": EVERYONE,
    "api:contribution": EVERYONE,
}

NOW = datetime.now(tz=UTC)
"""Pages read the clock: this grid's debate is open today."""


def addresses():
    """Open a debate on the small text that no other noun knows, with a proposal and an opinion on an article."""
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions, subjects
    from parvis.core.processes.subjects import SubjectUnit

    class Small:
        title, url, version, current = "Texte", "", "v1", "v1"

        def units(self):
            return (SubjectUnit("article-1", "Article 1er", "", "Des mots.", ""),)

        outline = units

        def unit(self, uid):
            return next((one for one in self.units() if one.uid == uid), None)

    subjects.DOORS["grille"] = lambda *_: Small()
    body = actors.register_organisation(slug="tenant", name="Tenant", at=NOW)
    author = actors.open_account(email="auteur@parvis.example", public_name="Autrice", password="un mot", at=NOW)
    process = actions.open_process(
        procedure="consultation",
        slug="grille",
        title="Grille",
        summary="Pour la grille.",
        subject="grille/texte",
        subject_version="v1",
        organisation=body,
        starts_at=NOW - timedelta(days=1),
        metadata={"questions": [{"name": "q1", "title": "Que changer ?", "type": "text"}]},
        at=NOW - timedelta(days=2),
    )
    fields = {"title": "Une idée", "text": "La voici."}
    made = actions.contribute(process=process, kind="proposal", fields=fields, author=author, at=NOW)
    slug = {"slug": "grille"}
    one = slug | {"number": made.number}
    return {
        **dict.fromkeys(("debate", "debate-contributions", "debate-survey", "debate-publish", "debate-dates"), slug),
        **dict.fromkeys(("contribution", "contribution-edit", "contribution-withdraw", "api:contribution"), one),
        **dict.fromkeys(("api:debate", "api:contributions"), slug),
        "debate-unit": slug | {"uid": "article-1"},
        "contribute": slug | {"kind": "proposal"},
    }
