"""The open-government team: it keeps the plan, its mandates and its reviews, and neither claims nor judges."""

from parvis.core.actors.roles import Role

ROLE = Role(
    slug="steward",
    title="Équipe gouvernement ouvert",
    acts=frozenset(
        {
            "plan.edit",
            "milestone.abandon",
            "measure.freeze",
            "review.open",
            "text.publish",
            "process.open",
            "moderation.decide",
            "appeal.decide",
            "import.accept",
            "organisation.register",
            "mandate.grant",
        }
    ),
)
