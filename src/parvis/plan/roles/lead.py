"""Who answers for a commitment: says where it stands, withdraws what was wrong, owns up to what is given up."""

from parvis.core.actors.roles import Role

ROLE = Role(
    slug="lead",
    title="Porteur d'engagement",
    acts=frozenset({"claim.make", "claim.withdraw", "milestone.abandon", "answer.give"}),
)
