"""An argument for or against a proposal or another wording: each stands in its column."""

from parvis.core.processes.kinds import SIDES, Field, FieldType, Kind, Target

KIND = Kind(
    slug="argument",
    title="Argument",
    plural="Arguments",
    act="Donner un argument",
    fields=(
        Field("side", "Cet argument est", FieldType.CHOICE, choices={one: SIDES[one] for one in ("for", "against")}),
        Field(
            "text",
            "Votre argument",
            FieldType.TEXT,
            told="L'argument",
            help="Un seul argument à la fois : il se lit mieux.",
            max_length=5_000,
        ),
    ),
    targets=frozenset({Target.CONTRIBUTION}),
    answers_to=frozenset({"proposal", "wording"}),
    is_votable=True,
)
