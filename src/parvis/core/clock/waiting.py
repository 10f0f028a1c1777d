"""How long answers take, counting those that never came: the median of Kaplan and Meier (1958).

A mean of the answers given is flattered by silence: who answers one question in ten, fast, would come first. Here each
open request counts as « more than so many days so far ».
"""

from collections import Counter
from collections.abc import Iterable, Mapping


def median(answered: Iterable[float], still_open: Iterable[float]) -> float | None:
    """Return the delay within which half are answered, or None where half were never reached.

    `answered` holds the delays of answers given, `still_open` the time waited so far by the others, in one unit.
    """
    return median_counted(Counter(answered), Counter(still_open))


def median_counted(answered: Mapping[float, int], still_open: Mapping[float, int]) -> float | None:
    """Return the same, of delays given with how many share each.

    Where an answer and an open request have waited as long, the open one was still at risk.
    """
    leaving = Counter(answered) + Counter(still_open)
    at_risk, share = leaving.total(), 1.0
    for delay in sorted(leaving):
        if given := answered.get(delay, 0):
            share *= 1 - given / at_risk
            # Half of 4 by twos is exactly a half: 1e-12 keeps a float's last bit from changing the day.
            if share <= 0.5 + 1e-12:
                return delay
        at_risk -= leaving[delay]
    return None
