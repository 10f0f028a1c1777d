"""The legislative procedure as a state machine: which step may follow which (Constitution, articles 39 to 47)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Machine:
    """Which step may follow which."""

    follows: frozenset[tuple[str, str]]
