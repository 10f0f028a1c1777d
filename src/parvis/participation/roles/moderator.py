"""Who moderates: decides reports with reasons; appeals against their decisions go to someone else."""

from parvis.core.actors.roles import Role

ROLE = Role(slug="moderator", title="Modération", acts=frozenset({"moderation.decide", "appeal.decide"}))
