"""The effect of a proposal: a contribution carries a published calculation, which anyone replays."""

from parvis.core.processes.kinds import Field, FieldType

EFFECT = Field(
    "run",
    "Calcul de l'effet",
    FieldType.RUN,
    help=(
        "Facultatif : l'adresse d'un calcul publié sur la page d'un simulateur. Son effet est montré avec votre "
        "texte, et chacun peut le rejouer."
    ),
    is_required=False,
    max_length=300,
)
"""What a kind of contribution asks so that it may carry a calculation."""
