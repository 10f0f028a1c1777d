"""A comment: on the whole, on an article or on words quoted from it, on another contribution."""

from parvis.core.processes.kinds import Field, FieldType, Kind, Target

KIND = Kind(
    slug="comment",
    title="Commentaire",
    plural="Commentaires",
    act="Commenter",
    fields=(Field("text", "Votre commentaire", FieldType.TEXT, told="Le commentaire", max_length=10_000),),
    targets=frozenset(Target),
    answers_to=frozenset({"comment", "proposal", "opinion", "wording"}),
    rank=60,
)
