"""Who answers contributions in the name of the body that owes the answers."""

from parvis.core.actors.roles import Role

ROLE = Role(slug="agent", title="Agent qui répond", acts=frozenset({"answer.give"}))
