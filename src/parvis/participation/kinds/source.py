"""A source: a page of the web that sheds light on what is debated."""

from parvis.core.processes.kinds import Field, FieldType, Kind, Target

KIND = Kind(
    slug="source",
    title="Source",
    plural="Sources",
    act="Donner une source",
    fields=(
        Field("title", "Titre de la source", FieldType.LINE, told="Titre", max_length=200),
        Field(
            "address", "Son adresse", FieldType.ADDRESS, told="Adresse", help="Elle commence par https:// ou http://."
        ),
        Field("text", "Ce qu'on y trouve", FieldType.TEXT, is_required=False, max_length=2_000),
    ),
    targets=frozenset(Target),
    answers_to=frozenset({"proposal", "wording", "argument", "opinion", "comment"}),
    rank=70,
)
