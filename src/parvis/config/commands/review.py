"""`parvis review`: publish the review of the plan."""

import click
from django.utils import timezone

from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.undertakings.measures import actions
from parvis.participation.registers.debates.evidence import actions as evidence


@click.command(cls=Word, example="parvis review open --title 'Revue à un an'")
@click.argument("word", metavar="open", type=click.Choice(["open"]))
@click.option("--title", metavar="TITRE", default="", help="Titre de la revue ; par défaut, sa date.")
def command(word: str, title: str) -> None:  # noqa: ARG001 -- the one word there is today
    """Fige toutes les mesures et publie le rapport qui en est fait."""
    evidence.refresh(at=timezone.now())
    review = actions.open_review(at=timezone.now(), title=title)
    say(f"{review.title} : {review.measures.count()} mesures figées, /plan/revues/{review.slug}/")
