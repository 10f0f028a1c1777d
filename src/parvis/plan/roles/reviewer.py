"""Who judges, blind to the other reader, and does nothing else."""

from parvis.core.actors.roles import Role

ROLE = Role(slug="reviewer", title="Évaluateur indépendant", acts=frozenset({"verdict.give"}))
