"""`parvis measure`: freeze the plan's numbers."""

import click
from django.utils import timezone

from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.undertakings.measures import actions


@click.command(cls=Word, example="parvis measure")
def command() -> None:
    """Reprend ce que ce site dit de ses débats et de ses modèles, puis fige tous les nombres du plan.

    Chaque nombre garde les versions et la position du journal dont il vient.
    """
    for measure in actions.measure_anew(at=timezone.now()):
        value = "inconnu" if measure.value is None else f"{measure.value:.6g}".replace(".", ",")
        say(f"{measure.key}  {measure.undertaking}  {measure.indicator} : {value} {measure.because}")
