"""What the formula being run reads: values, parameters, its own date, who lives with whom.

One formula runs at a time in a process, so there is one place to say it: `WATCH.now`.
"""

from typing import Any


class Reading:
    """What one run of a formula has read so far, in order."""

    __slots__ = ("calendar", "instants", "leaves", "months", "pairs", "structure")

    def __init__(self) -> None:
        self.pairs: dict[int, Any] = {}  # number of a node -> what it was worth
        self.leaves: list[Any] = []  # parameters
        self.instants: list[str] = []  # and the day they were read for
        self.calendar = False  # it looked at the date itself, beyond asking values of other periods
        self.months: set[int] = set()  # or looked only whether these months are the last of their year: they are not
        self.structure = False  # its result may depend on the composition of groups


class Watch:
    """Holds the reading of the formula that runs now; outside formulas, one that nobody looks at."""

    __slots__ = ("now",)

    def __init__(self) -> None:
        self.now = Reading()


WATCH = Watch()
