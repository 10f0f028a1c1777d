"""The same rules, which take longer to be ready than a calculation may."""

import time
from pathlib import Path

from core.simulators.hosting.engines.tiny import Tiny

WARMING_SECONDS = 6


class Sleepy(Tiny):
    def warm(self) -> None:
        time.sleep(WARMING_SECONDS)
        super().warm()


def load(_prepared: Path) -> Sleepy:
    return Sleepy()
