"""A bill, from its filing to the law: its text after each step of the parliamentary procedure."""

from pathlib import Path
from typing import Final

from parvis.core.texts.kinds import TextKind
from parvis.core.texts.legislative import LEGISLATIVE
from parvis.participation.texts.bill.reading import read

TEXT_KIND: Final = TextKind(
    slug="bill",
    title="Projet ou proposition de loi",
    unit_title="article",
    read=read,
    folder=Path(__file__).parent,
    sample="sample",
    demonstration="workflows/law/bills/*",
    machine=LEGISLATIVE,
)
