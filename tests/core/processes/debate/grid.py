"""Who may open which page of debates; the second table says what each role sees in each state (SEC-1)."""

from datetime import UTC, datetime, timedelta

ROLES = ("anonymous", "citizen", "lead", "reviewer", "steward", "admin")
OPEN = dict.fromkeys(ROLES, 200)
TEAM = {"anonymous": 302} | dict.fromkeys(ROLES[1:4], 403) | dict.fromkeys(ROLES[4:], 200)
SIGNED_IN = OPEN | {"anonymous": 302}
# An empty form is said to be so: 422. What is another's is refused: 403.
SENT = {"anonymous": 302} | dict.fromkeys(ROLES[1:], 422)
ANOTHERS = {"anonymous": 302} | dict.fromkeys(ROLES[1:], 403)

GRID = {
    "debates": OPEN,
    "debate-guide": OPEN,
    "debate": OPEN,
    "debate-unit": OPEN,
    "debate-contributions": OPEN,
    "contribution": OPEN,
    "contribute": SIGNED_IN,
    "POST contribute": SENT,
    "contribution-edit": ANOTHERS,
    "POST contribution-edit": ANOTHERS,
    "contribution-withdraw": ANOTHERS,
    "POST contribution-withdraw": ANOTHERS,
    "debate-open": TEAM,
    "POST debate-open": TEAM | dict.fromkeys(ROLES[4:], 422),
    "debate-publish": TEAM,
    "POST debate-publish": TEAM | dict.fromkeys(ROLES[4:], 422),
    "debate-dates": TEAM,
    "POST debate-dates": TEAM | dict.fromkeys(ROLES[4:], 422),
    "api:debates": OPEN,
    "api:debate": OPEN,
    "api:contributions": OPEN,
    "api:contribution": OPEN,
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
        at=NOW - timedelta(days=2),
    )
    fields = {"title": "Une idée", "text": "La voici."}
    made = actions.contribute(process=process, kind="proposal", fields=fields, author=author, at=NOW)
    slug = {"slug": "grille"}
    one = slug | {"number": made.number}
    return {
        **dict.fromkeys(("debate", "debate-contributions", "debate-publish", "debate-dates"), slug),
        **dict.fromkeys(("contribution", "contribution-edit", "contribution-withdraw", "api:contribution"), one),
        **dict.fromkeys(("api:debate", "api:contributions"), slug),
        "debate-unit": slug | {"uid": "article-1"},
        "contribute": slug | {"kind": "proposal"},
    }
