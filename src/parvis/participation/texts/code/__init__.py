"""A code in force, as it stood at several dates."""

from pathlib import Path
from typing import Final

from parvis.core.texts.kinds import TextKind
from parvis.participation.texts.code.reading import read

TEXT_KIND: Final = TextKind(
    slug="code",
    title="Code en vigueur",
    unit_title="article",
    read=read,
    folder=Path(__file__).parent,
    sample="places",
    demonstration="workflows/law/crpa",
)
