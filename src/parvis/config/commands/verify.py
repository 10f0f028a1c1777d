"""`parvis verify`: find a published number again."""

import click

from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.undertakings.measures import actions
from parvis.core.undertakings.models import Measure


class UnknownNumber(ParvisError):
    """No measure has this identifier."""


class NumberDiffers(ParvisError):
    """A published number is not the one that its releases give."""


@click.command(cls=Word, example="parvis verify number 12")
@click.argument("word", metavar="number", type=click.Choice(["number"]))
@click.argument("name", metavar="IDENTIFIANT")
def command(word: str, name: str) -> None:  # noqa: ARG001 -- the one word there is today
    """Recalcule un nombre publié, depuis les fichiers Parquet des versions dont il vient."""
    measure = Measure.objects.filter(pk=name).first() if name.isdecimal() else None
    if measure is None:
        raise UnknownNumber(f"Aucun nombre publié ne porte l'identifiant « {name} » : il est sur la page du nombre.")
    again = actions.verify_number(measure=measure)
    if not again.is_equal:
        raise NumberDiffers("Le nombre recalculé diffère du nombre publié : " + " ".join(again.differences))
    say(f"Le nombre {name} ({measure.indicator}) est retrouvé à l'identique : {again.frozen.value}.")
