"""`parvis amending`: how much of amending law the grammar understands."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
from django.conf import settings

from parvis.config.commands.flags import file_named
from parvis.config.commands.load import NoSuchFile
from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core import french
from parvis.core.french import number
from parvis.core.texts.amending import Context, NotUnderstood, Rate, Understood, rate, read
from parvis.core.texts.documents import Passage
from parvis.core.texts.kinds import TEXT_KINDS
from parvis.core.texts.operations import Act, apply
from parvis.core.texts.units import normalise_number

ACTS: Final = {
    Act.REPLACE: "remplacer des mots",
    Act.DELETE: "supprimer des mots",
    Act.INSERT_AFTER: "insérer des mots après d'autres",
    Act.INSERT_BEFORE: "insérer des mots avant d'autres",
    Act.PREPEND: "ajouter des mots au début",
    Act.APPEND: "ajouter des mots à la fin",
    Act.COMPLETE: "compléter par des alinéas ou des phrases",
    Act.ADD_AFTER: "insérer des alinéas ou des phrases après",
    Act.ADD_BEFORE: "insérer des alinéas ou des phrases avant",
    Act.REWRITE: "récrire",
    Act.REMOVE: "supprimer un alinéa, une phrase, un numéro",
    Act.REPLACE_END: "récrire la fin",
    Act.DELETE_END: "supprimer la fin",
    Act.CREATE: "créer un article",
    Act.REPEAL: "abroger un article",
}
BILL: Final = "procedure.json"
"""The file by which a folder is known to be a bill's."""

Found = list[Understood | NotUnderstood]


@click.command(cls=Word, example="parvis amending loi.txt --article 144 --on article-144.txt")
@click.argument("path", metavar="[FICHIER|DOSSIER]", required=False)
@click.option("--missed", is_flag=True, help="Montre chaque phrase non comprise.")
@click.option("--article", metavar="NUMÉRO", help="L'article sur lequel appliquer ce qui est compris.")
@click.option("--on", "words", metavar="FICHIER", help="Les mots de cet article avant la loi, une ligne par alinéa.")
def command(path: str | None, article: str | None, words: str | None, *, missed: bool) -> None:
    """Lit des phrases modificatives, et dit combien il en comprend, par espèce, et ce qu'il ne comprend pas.

    FICHIER est un texte de loi, une ligne par alinéa ; DOSSIER est celui d'un projet de loi de La Fabrique de la Loi.
    Sans rien, tous les projets de PARVIS_DATA sont lus. Avec --article et --on, l'article est montré tel que la loi le
    laisse, ou la modification est refusée avec sa raison. Rien n'est gardé.
    """
    everything: Found = []
    for name, found in sources(path):
        say(f"{name} : {summary(rate(found))}")
        everything += found
    whole = rate(everything)
    say(f"\nEn tout : {summary(whole)}")
    for act, count in whole.acts.most_common():
        say(f"  {number(count):>7}  {ACTS[act]}")
    say("Non compris :")
    for why, count in whole.reasons.most_common():
        say(f"  {number(count):>7}  {why}")
    for one in whole.missed if missed else ():
        say(f"- {one.why} : {one.phrase}")
    if article and words:
        say(f"\nArticle {article} :\n{amended(article, words, everything)}")


def amended(article: str, path: str, found: Found) -> str:
    """Return the words of an article as the phrases that were understood leave it."""
    unit = normalise_number(article)
    operations = [
        operation
        for one in found
        if isinstance(one, Understood)
        for operation in one.operations
        if operation.target.article == unit
    ]
    return apply(Passage(unit, article, file_named(path).read_text(encoding="utf-8").rstrip("\n")), operations).words


def sources(path: str | None) -> Iterator[tuple[str, Found]]:
    """Yield each text that is asked, with the phrases found in it."""
    if path is None:
        kind = TEXT_KINDS.filled()["bill"]
        for folder in sorted(settings.PARVIS_DATA.glob(kind.demonstration)):
            yield folder.name, list(of_bill(folder))
    elif (Path(path) / BILL).is_file():
        yield Path(path).name, list(of_bill(Path(path)))
    elif Path(path).is_file():
        yield Path(path).name, list(read(Path(path).read_text(encoding="utf-8", errors="replace")))
    else:
        raise NoSuchFile(f"« {path} » n'est ni un fichier, ni le dossier d'un projet de loi ({BILL} n'y est pas).")


def of_bill(folder: Path) -> Iterator[Understood | NotUnderstood]:
    """Yield the phrases of every version of a bill."""
    for text in TEXT_KINDS.filled()["bill"].read(folder):
        for version in text.versions:
            context = Context()
            for passage in version.document.passages:
                yield from read(passage.words, context)


def summary(found: Rate) -> str:
    return (
        f"{number(found.phrases)} phrases modificatives, {number(found.understood)} comprises, "
        f"{french.percent(100 * found.missing)} non comprises"
    )
