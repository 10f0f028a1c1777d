"""`parvis text`: publish texts from their sources, list them."""

from collections.abc import Callable
from pathlib import Path

import click
from django.utils import timezone

from parvis.config.showing import Bar, number, say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.texts import actions
from parvis.core.texts.kinds import TEXT_KINDS, TextKind
from parvis.core.texts.models import Text


class UnknownTextKind(ParvisError):
    """No room declares a kind of text of this name."""


class NothingToLoad(ParvisError):
    """`parvis text load` is called without saying what, or on a path that is not there."""


def kind_named(name: str) -> TextKind:
    """Return the kind of text that a person named."""
    shelf = TEXT_KINDS.filled()
    if name not in shelf:
        raise UnknownTextKind(
            f"« {name} » n'est pas une espèce de texte. Espèces connues : {', '.join(sorted(shelf))}."
        )
    return shelf[name]


def load(kind: TextKind, path: Path, *, fictitious: bool, said: Callable[[str], None] = say) -> list[Text]:
    """Publish the texts of a source, then find what they refer to; say each."""
    if not path.exists():
        raise NothingToLoad(
            f"« {path} » n'existe pas : donnez le fichier ou le dossier que lit l'espèce « {kind.slug} »."
        )
    published = []
    for read in kind.read(path):
        with Bar(f"Publier {read.short_title}") as bar:
            text = actions.publish_text(read=read, at=timezone.now(), is_fictitious=fictitious, progress=bar)
        found = actions.relate(text=text, at=timezone.now())
        said(f"{text} : {number(len(read.versions))} versions, {number(found)} renvois ({text.slug})")
        published.append(text)
    return published


@click.command(cls=Word, example="parvis text load bill projets/pjl15-034")
@click.argument("act", metavar="load|list", type=click.Choice(["load", "list"]))
@click.argument("kind", metavar="[ESPÈCE]", required=False)
@click.argument("path", metavar="[CHEMIN]", required=False)
@click.option("--fictif", "fictitious", is_flag=True, help="Dit sur chaque page que ce texte est fictif.")
def command(act: str, kind: str | None, path: str | None, *, fictitious: bool) -> None:
    """Charge un texte et toutes ses versions, ou liste les textes publiés.

    Charger deux fois la même source ne change rien : une version publiée est scellée, et se succède sans se retoucher.
    """
    if act == "load":
        if not kind or not path:
            raise NothingToLoad("Dites l'espèce et le chemin : « parvis text load bill projets/pjl15-034 ».")
        load(kind_named(kind), Path(path), fictitious=fictitious)
        return
    for text in Text.objects.counted().order_by("kind", "slug"):
        say(f"{text.kind:12}  {text.slug:40}  {number(text.version_count):>3} versions  {text}")
