"""Who may open which page of the plan, and do which act: the lead of commitment 2, its reviewers, the others."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from house.roles import EVERYONE, NOBODY

PROCUREMENT = "rendre-des-comptes/transparence-depense-et-comptes-publics/engagement-2"

GRID = {
    "plan": EVERYONE,
    "plan-export": EVERYONE,
    "plan-axis": EVERYONE,
    "plan-subaxis": EVERYONE,
    "commitment": EVERYONE,
    "milestone": EVERYONE,
    "organisations": EVERYONE,
    "organisation": EVERYONE,
    "reviews": EVERYONE,
    "plan-drift": EVERYONE,
    "review": EVERYONE,
    "measure": EVERYONE,
    "measure-rows": EVERYONE,
    "measure-script": EVERYONE,
    "measure-program": EVERYONE,
    "claim": NOBODY | {"lead": 200},
    "POST claim": NOBODY | {"lead": 200},
    "claim-withdraw": NOBODY | {"lead": 200},
    "POST claim-withdraw": NOBODY | {"lead": 200},
    "judge": NOBODY | {"reviewer": 200},
    "POST judge": NOBODY | {"reviewer": 200},
    "milestone-abandon": NOBODY | {"lead": 200, "steward": 200},
    "POST milestone-abandon": NOBODY | {"lead": 200, "steward": 200},
    "milestone-resume": NOBODY | {"lead": 200, "steward": 200},
    "POST milestone-resume": NOBODY | {"lead": 200, "steward": 200},
}

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def addresses():
    """Load the plan, let the grid's lead lead commitment 2, and freeze a review made of a fictitious release."""
    from parvis.accountability.registers.procurement.sample import write
    from parvis.core.actors import actions as actors
    from parvis.core.registers import actions as registers
    from parvis.core.registers.shelf import REGISTERS
    from parvis.core.undertakings import actions
    from parvis.core.undertakings.loading import actions as loading
    from parvis.core.undertakings.succession import actions as succession

    plan = loading.load_plan(at=AT)
    whole = plan.undertakings.get(code="2")
    body = actors.register_organisation(slug="lead-de-demonstration", name="Ministère", at=AT)
    actions.change_lead(
        undertaking=whole, leaves=None, comes=body, on=AT.date(), because="Essai.", at=AT, mandate=None
    )
    someone = actors.open_account(email="autre@parvis.example", public_name="Autre", password="un mot", at=AT)
    mandate = actors.grant_mandate(actor=someone, role="lead", organisation=body, starts_on=AT.date(), at=AT)
    said = actions.claim(undertaking=whole, completion="limited", text="Dit.", at=AT, mandate=mandate)
    register = REGISTERS.filled()["procurement"]
    sample = write(Path(mkdtemp()) / "marches.json", 50)
    registers.publish(register=register, source="essai", path=sample, at=AT, fictitious=True)
    review = succession.open_review(at=AT)
    number = review.measures.order_by("pk").first().pk
    counted = review.measures.get(indicator="plus-longue-interruption").pk
    return {
        "plan-axis": {"axis": "climat"},
        "plan-subaxis": {"axis": "rendre-des-comptes", "subaxis": "evaluation-publique"},
        **{name: {"slug": PROCUREMENT} for name in ("commitment", "claim", "judge")},
        **{name: {"key": "E02-J01"} for name in ("milestone", "milestone-abandon", "milestone-resume")},
        "claim-withdraw": {"number": said.pk},
        "organisation": {"slug": "cour-des-comptes"},
        "review": {"slug": review.slug},
        **{name: {"number": number} for name in ("measure", "measure-rows", "measure-script")},
        "measure-program": {"number": counted},
    }
