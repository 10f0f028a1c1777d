"""Who speaks for a body that a register names: a mandate for it, in any role, lets one answer the leads about it."""

from parvis.core.actors.roles import Role

ROLE = Role(slug="delegate", title="Représentant d'un organisme", acts=frozenset())
