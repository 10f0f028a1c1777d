"""`parvis measure`: freeze the plan's numbers."""

import click
from django.utils import timezone

from parvis.commons.registers.public_models.evidence import actions as models
from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.ledger import actions as ledger
from parvis.core.undertakings.measures import actions
from parvis.participation.registers.debates.evidence import actions as evidence


@click.command(cls=Word, example="parvis measure")
def command() -> None:
    """Reprend ce que ce site dit de ses débats et de ses modèles, puis fige tous les nombres du plan.

    Chaque nombre garde les versions et la position du journal dont il vient.
    """
    evidence.refresh(at=timezone.now())
    models.refresh(at=timezone.now())
    ledger.sequence(at=timezone.now())  # each number names the head that holds the releases it was made from
    for measure in actions.measure(at=timezone.now()):
        value = "inconnu" if measure.value is None else f"{measure.value:.6g}".replace(".", ",")
        say(f"{measure.key}  {measure.undertaking}  {measure.indicator} : {value} {measure.because}")
