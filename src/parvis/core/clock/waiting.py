"""How long answers take, counting those that never came: the median of Kaplan and Meier (1958).

A mean of the answers given is flattered by silence: who answers one question in ten, fast, would come first. Here each
open request counts as « more than so many days so far ».
"""

from collections import Counter
from collections.abc import Sequence


def median(answered: Sequence[float], still_open: Sequence[float]) -> float | None:
    """Return the delay within which half are answered, or None where half were never reached.

    `answered` holds the delays of answers given, `still_open` the time waited so far by the others, in one unit. Where
    an answer and an open request have waited as long, the open one was still at risk.
    """
    events, leaving = Counter(answered), Counter([*answered, *still_open])
    at_risk, share = len(answered) + len(still_open), 1.0
    for delay in sorted(leaving):
        if events[delay]:
            share *= 1 - events[delay] / at_risk
            # Half of 4 by twos is exactly a half: 1e-12 keeps a float's last bit from changing the day.
            if share <= 0.5 + 1e-12:
                return delay
        at_risk -= leaving[delay]
    return None
