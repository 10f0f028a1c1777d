"""`parvis text`: publish texts from their sources, list them, rebuild their versions from what each changed."""

import json
from pathlib import Path

import click
from django.utils import timezone

from parvis.config.showing import Bar, say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.french import number
from parvis.core.texts import actions
from parvis.core.texts.histories import History
from parvis.core.texts.histories import Version as Revision
from parvis.core.texts.keeping import taken
from parvis.core.texts.kinds import TEXT_KINDS, TextKind
from parvis.core.texts.models import Text, Version


class UnknownTextKind(ParvisError):
    """No room declares a kind of text of this name."""


class NotWhatWasSealed(ParvisError):
    """A version's words are not those whose hash was sealed."""


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


def load(kind: TextKind, path: Path, *, fictitious: bool) -> list[Text]:
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
        say(f"{text} : {number(len(read.versions))} versions, {number(found)} renvois ({text.slug})")
        published.append(text)
    return published


def verify(text: Text) -> None:
    """Rebuild each version from the first and from what each changed, and compare its hash with the one sealed."""
    history, deltas, whole = History(), 0, 0
    for version in text.versions.order_by("number"):
        history.add(_version(version), version.document())
        rebuilt = history.document(version.slug)
        if rebuilt.sha256 != version.sha256:
            raise NotWhatWasSealed(
                f"La version « {version.slug} » de « {text.slug} » a l'empreinte {rebuilt.sha256[:12]}, et non "
                f"{version.sha256[:12]}, scellée au journal : ses mots ont été changés. Reprenez-les d'une copie."
            )
        deltas += len(json.dumps(history.kept(version.slug).delta, ensure_ascii=False).encode())
        whole += len(rebuilt.text().encode())
    count = text.versions.count()
    say(
        f"{text.slug} : {number(count)} versions rebâties à l'octet près ; leurs écarts font {number(deltas)} octets, "
        f"leurs textes entiers {number(whole)}."
    )


def _version(version: Version) -> Revision:
    parents = tuple(parent.slug for parent in version.parents.order_by("number"))
    return Revision(version.slug, version.dated, version.author, version.basis, parents, taken(version.edits))


@click.command(cls=Word, example="parvis text load bill projets/pjl15-034")
@click.argument("act", metavar="load|list|verify", type=click.Choice(["load", "list", "verify"]))
@click.argument("kind", metavar="[ESPÈCE]", required=False)
@click.argument("path", metavar="[CHEMIN]", required=False)
@click.option("--fictif", "fictitious", is_flag=True, help="Dit sur chaque page que ce texte est fictif.")
def command(act: str, kind: str | None, path: str | None, *, fictitious: bool) -> None:
    """Charge un texte et toutes ses versions, liste les textes publiés, ou vérifie qu'ils se rebâtissent.

    Charger deux fois la même source ne change rien : une version publiée est scellée, et se succède sans se retoucher.
    « verify » rebâtit chaque version de la première et des écarts, et compare son empreinte à celle qui est scellée.
    """
    if act == "load":
        if not kind or not path:
            raise NothingToLoad("Dites l'espèce et le chemin : « parvis text load bill projets/pjl15-034 ».")
        load(kind_named(kind), Path(path), fictitious=fictitious)
        return
    if act == "verify":
        for text in Text.objects.order_by("slug"):
            verify(text)
        return
    for text in Text.objects.counted().order_by("kind", "slug"):
        say(f"{text.kind:12}  {text.slug:40}  {number(text.version_count):>3} versions  {text}")
