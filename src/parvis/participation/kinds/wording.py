"""Another wording of an article: the words that it would have instead, compared with those it has."""

from parvis.core.processes.kinds import Field, FieldType, Kind, Target
from parvis.participation.effects import EFFECT

KIND = Kind(
    slug="wording",
    title="Autre rédaction",
    plural="Autres rédactions",
    act="Proposer une autre rédaction",
    fields=(
        Field("title", "Ce que ce changement fait, en une phrase", FieldType.LINE, told="Titre", max_length=200),
        Field(
            "wording",
            "L'article tel que vous l'écririez",
            FieldType.WORDING,
            told="L'article tel que cette contribution l'écrirait",
            help="Partez des mots de l'article : ce que vous ôtez et ce que vous ajoutez sera montré en regard.",
            max_length=50_000,
        ),
        Field(
            "reason", "Exposé des motifs", FieldType.TEXT, help="Pourquoi ces mots valent mieux.", max_length=10_000
        ),
        EFFECT,
    ),
    targets=frozenset({Target.UNIT}),
    is_votable=True,
    rank=30,
)
