"""`parvis plan`: store the declared plan, and bring it what is declared otherwise since."""

import click
from django.utils import timezone

from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.french import number
from parvis.core.undertakings.loading import actions


@click.command(cls=Word, example="parvis plan load")
@click.argument("word", metavar="load", type=click.Choice(["load"]))
def command(word: str) -> None:  # noqa: ARG001 -- the only word for now
    """Charge le plan déclaré dans le code : ses engagements, ses jalons, ses organismes.

    Relancée, la commande apporte ce qui est déclaré autrement depuis, sauf ce que quelqu'un a corrigé ici ; chaque
    changement est scellé au journal. Rien d'une démonstration n'est chargé : ni compte, ni donnée.
    """
    plan = actions.load_plan(at=timezone.now())
    commitments = plan.undertakings.filter(parent=None).count()
    say(f"{plan.title} : {number(commitments)} engagements, /plan/")
