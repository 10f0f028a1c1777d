"""A draft that a government puts to consultation, article by article."""

from pathlib import Path
from typing import Final

from parvis.core.texts.kinds import TextKind
from parvis.participation.texts.draft.reading import read

TEXT_KIND: Final = TextKind(
    slug="draft",
    title="Avant-projet mis en consultation",
    unit_title="article",
    read=read,
    folder=Path(__file__).parent,
    sample="sample.jsonl",
    demonstration="participation/republique-numerique/propositions.jsonl.gz",
)
