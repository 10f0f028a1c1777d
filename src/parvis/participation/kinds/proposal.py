"""A proposal: something to add, on the whole or beside an article."""

from parvis.core.processes.kinds import Field, FieldType, Kind, Target
from parvis.participation.effects import EFFECT

KIND = Kind(
    slug="proposal",
    title="Proposition",
    plural="Propositions",
    act="Faire une proposition",
    fields=(
        Field("title", "Votre proposition en une phrase", FieldType.LINE, told="Titre", max_length=200),
        Field(
            "text", "Votre proposition", FieldType.TEXT, told="La proposition", help="Ce qu'il faut faire, et comment."
        ),
        Field("reason", "Pourquoi", FieldType.TEXT, is_required=False, max_length=10_000),
        EFFECT,
    ),
    targets=frozenset({Target.PROCESS, Target.UNIT}),
    is_votable=True,
    rank=40,
)
