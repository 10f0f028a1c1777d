"""An opinion: for, mixed or against, with its reason. A person gives one on an article, and may change it."""

from parvis.core.processes.kinds import SIDES, Field, FieldType, Kind, Target

KIND = Kind(
    slug="opinion",
    title="Avis",
    plural="Avis",
    act="Donner un avis",
    fields=(
        Field("side", "Votre avis", FieldType.CHOICE, told="Avis", choices=SIDES),
        Field(
            "reason",
            "Pourquoi",
            FieldType.TEXT,
            help="Facultatif, et utile : un avis motivé est lu par ceux qui répondent.",
            is_required=False,
            max_length=5_000,
        ),
    ),
    targets=frozenset({Target.PROCESS, Target.UNIT}),
    once_per_person=True,
    rank=20,
)
