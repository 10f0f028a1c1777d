"""The 73 red flags of the Open Contracting Partnership's 2024 guide, over French essential data."""

from typing import Final

from parvis.accountability.registers.procurement.flags.computed import COMPUTED
from parvis.accountability.registers.procurement.flags.listed import LISTED
from parvis.core.finding.flag import Flag

FLAGS: Final[tuple[Flag, ...]] = tuple(sorted((*COMPUTED, *LISTED), key=lambda flag: flag.code))
