"""The one family of errors that Parvis raises on purpose."""


class ParvisError(Exception):
    """A refusal that a person can act on: what happened, why, what to do next, in French."""
