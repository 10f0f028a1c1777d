"""A plan as a text: one unit a commitment, from one plan to the next."""

from pathlib import Path
from typing import Final

from parvis.core.texts.kinds import TextKind
from parvis.plan.texts.plan.reading import read

TEXT_KIND: Final = TextKind(
    slug="plan",
    title="Plan d'action",
    unit_title="engagement",
    read=read,
    folder=Path(__file__).parent,
    sample="sample.json",
    demonstration="plan-france-2015-2017.json",
)
