"""The articles of the civil code that were revised, revision by revision."""

from pathlib import Path
from typing import Final

from parvis.core.texts.kinds import TextKind
from parvis.participation.texts.civil_code.reading import read

TEXT_KIND: Final = TextKind(
    slug="civil-code",
    title="Code, révision par révision",
    unit_title="article",
    read=read,
    folder=Path(__file__).parent,
    sample="sample.jsonl",
    demonstration="workflows/law/code_civil_revisions.jsonl",
)
