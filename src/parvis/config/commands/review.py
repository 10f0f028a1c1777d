"""`parvis review`: publish the review of the plan, put it to comments, then publish the plan that follows."""

from pathlib import Path

import click
from django.utils import timezone

from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.french import number
from parvis.core.processes.models import Process
from parvis.core.undertakings import queries
from parvis.core.undertakings.measures import actions as measures
from parvis.core.undertakings.succession import actions
from parvis.plan.texts.plan.reading import next_plan


class NoSuchFile(ParvisError):
    """The plan that follows is asked from a file that is not there."""


def open_review(title: str, *, is_commented: bool) -> None:
    """Freeze the measures, publish the report, and put it to comments."""
    measures.refresh_evidence(at=timezone.now())
    act = actions.open_review if is_commented else measures.open_review
    review = act(at=timezone.now(), title=title)
    say(f"{review.title} : {review.measures.count()} mesures figées, /plan/revues/{review.slug}/")
    for debate in Process.objects.filter(slug=review.slug):
        say(f"Commentaires ouverts engagement par engagement : /debats/{debate.slug}/")


def publish_next(path: Path | None) -> None:
    """Publish the version of the plan that follows, from a file, or from the facts known of it."""
    if path is not None and not path.is_file():
        raise NoSuchFile(
            f"« {path} » n'existe pas : donnez le fichier JSON qui déclare le plan suivant, ou aucun pour publier ce "
            "que les faits connus en disent."
        )
    draft = next_plan(path) if path else actions.known_next(plan=queries.current_plan())
    version = actions.publish_next(draft=draft, at=timezone.now())
    say(f"{version.title} : {number(len(draft.pledges))} engagements, /textes/{version.text.slug}/")
    say("Ce que chaque engagement est devenu : /plan/evolution/")


@click.command(cls=Word, example="parvis review open --title 'Revue à un an'")
@click.argument("word", metavar="open|next", type=click.Choice(["open", "next"]))
@click.argument("path", metavar="[FICHIER]", required=False)
@click.option("--title", metavar="TITRE", default="", help="Titre de la revue ; par défaut, sa date.")
@click.option("--no-comments", is_flag=True, help="Publie la revue sans l'ouvrir aux commentaires.")
def command(word: str, path: str | None, title: str, *, no_comments: bool) -> None:
    """Fige toutes les mesures, publie le rapport et l'ouvre aux commentaires ; ou publie le plan qui suit.

    « open » ouvre la revue du jour, engagement par engagement. « next » publie la version suivante du plan : chaque
    engagement y est nouveau, prolonge ou s'appuie sur d'autres ; sans fichier, ce que les faits connus en disent.
    """
    if word == "next":
        publish_next(Path(path) if path else None)
    else:
        open_review(title, is_commented=not no_comments)
