"""`parvis simulate`: compute a population of a file, part by part."""

from pathlib import Path
from time import monotonic

import click

from parvis.config.showing import Bar, say
from parvis.config.words import Word
from parvis.core.french import number
from parvis.core.simulators import given
from parvis.core.simulators.comparing import THRESHOLD, Balance
from parvis.core.simulators.contract import Change, Field, WrongValue
from parvis.core.simulators.hosting.calling import Host, host
from parvis.core.simulators.populations.chunks import ROWS, chunks, even
from parvis.core.simulators.populations.layouts import layout
from parvis.core.simulators.populations.simulating import Progress, Simulation, Total
from parvis.core.simulators.populations.sources import Source
from parvis.core.simulators.units import written
from parvis.core.web import bodies

MOST_CHANGES_FILE = 1_000_000


def changes_of(known: Host, said: tuple[str, ...]) -> tuple[Change, ...]:
    """Read changes: files of JSON, or « parameter=value@day » one by one."""
    fields = known.fields()
    found: list[Change] = []
    for one in said:
        path = Path(one)
        found += _of_file(path, fields) if path.suffix and path.is_file() else [_of_text(one, fields)]
    return tuple(found)


def _of_file(path: Path, fields: dict[str, Field]) -> tuple[Change, ...]:
    if path.stat().st_size > MOST_CHANGES_FILE:
        raise WrongValue(
            f"« {path.name} » passe {number(MOST_CHANGES_FILE)} octets : ce n'est pas une liste de changements."
        )
    if path.suffix.lower() != ".json":
        raise WrongValue(f"« {path.name} » : les changements se donnent en JSON (.json), et en rien d'autre.")
    return given.changes_of(bodies.strictly(path.read_bytes()), fields)


def _of_text(said: str, fields: dict[str, Field]) -> Change:
    name, equals, left = said.partition("=")
    value, at, start = left.rpartition("@")
    if not (equals and at):
        raise WrongValue(
            f"« {said[:80]} » n'est ni un fichier JSON, ni un changement « paramètre=valeur@AAAA-MM-JJ »."
        )
    return given.change_of({"parameter": name, "value": bodies.strictly(value.encode()), "start": start}, fields)


@click.command(cls=Word, example="parvis simulate openfisca menages.csv --outputs revenu_disponible --period 2024")
@click.argument("engine", metavar="MOTEUR")
@click.argument("path", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--outputs", metavar="RÉSULTATS", required=True, help="Les résultats, séparés par des virgules.")
@click.option("--period", metavar="PÉRIODE", required=True, help="La période : 2024, 2024-01.")
@click.option(
    "--changes",
    metavar="CHANGEMENT",
    multiple=True,
    help="Une réforme, calculée avant et après : un fichier JSON, ou paramètre=valeur@AAAA-MM-JJ.",
)
@click.option(
    "--out", metavar="FICHIER", type=click.Path(path_type=Path), help="Où écrire les résultats : .csv ou .parquet."
)
@click.option(
    "--ignore",
    metavar="COLONNES",
    default="",
    help="Les colonnes qui ne sont pas pour le modèle, séparées par des virgules.",
)
@click.option(
    "--rows",
    metavar="NOMBRE",
    type=click.IntRange(1_000, 500_000),
    default=ROWS,
    help="Lignes d'une partie, de 1 000 à 500 000.",
)
def command(  # noqa: PLR0913 -- one parameter an option
    *,
    engine: str,
    path: Path,
    outputs: str,
    period: str,
    changes: tuple[str, ...],
    out: Path | None,
    ignore: str,
    rows: int,
) -> None:
    """Calcule une population : un CSV ou un Parquet, une ligne par personne (ou par ménage), par parties.

    Interrompu, il garde les parties calculées à côté du fichier de résultats ; la même commande reprend.
    Un fichier refusé dit la ligne qui l'est, et rien n'est calculé d'une case vide.
    """
    known, source = host(engine), Source(path)
    fields = known.fields()
    named = tuple(given.output_named(name.strip(), fields).name for name in outputs.split(",") if name.strip())
    target = out or path.with_name(f"{path.stem}-resultats.parquet")
    asked = Simulation(known, named, given.period_of(period), changes_of(known, changes), target)
    asked.check()
    found = layout(known.card(), fields, source.columns, asked.period, [name.strip() for name in ignore.split(",")])
    whole, progress, began = source.count(), Progress(), monotonic()
    try:
        with Bar(f"Calculer {path.name}") as bar:
            asked.run(
                chunks(source, found, even(whole, rows, known.declared.processes)),
                progress,
                lambda now: bar(now.rows, whole),
            )
    except KeyboardInterrupt:
        say(
            f"{number(progress.rows)} lignes sur {number(whole)} sont gardées dans {asked.parts} : "
            "la même commande reprend là."
        )
        raise
    tell(asked, progress, monotonic() - began)


def tell(asked: Simulation, progress: Progress, seconds: float) -> None:
    """Say what was computed, at what rate, and the totals."""
    counts = ", ".join(f"{number(count)} {key}" for key, count in progress.counts.items())
    again = f" ({number(progress.kept)} parties reprises)" if progress.kept else ""
    say(f"{counts} : {number(round(progress.rows / max(seconds, 0.001)))} lignes par seconde, {seconds:.1f} s{again}")
    for name, total in progress.totals.items():
        say(f"{name} : {told(total)}")
    for name, balance in progress.balances.items():
        say(f"{name} : {moved(balance, asked.known.fields()[name].unit)}")
    say(f"Résultats : {asked.target}")


def moved(balance: Balance, unit: str) -> str:
    """Write what changes do to an output: the sum, and how many gain and lose. What is paid counts below zero."""
    least, change = written(THRESHOLD, unit), balance.after - balance.before
    lost = f", {number(balance.lost)} sans nombre" if balance.lost else ""
    return (
        f"différence {'+' if change > 0 else ''}{number(round(change))}, {number(balance.winners)} gagnent au moins "
        f"{least}, {number(balance.losers)} perdent au moins {least}, {number(balance.unchanged)} inchangés{lost}"
    )


def told(total: Total) -> str:
    """Write an output's total and spread."""
    lost = f", {number(total.lost)} sans nombre" if total.lost else ""
    if total.rows == total.lost:
        return f"aucun nombre{lost}"
    mean = total.sum / (total.rows - total.lost)
    said, low, high = (number(value, 2) for value in (mean, total.low, total.high))
    return f"somme {number(round(total.sum))}, moyenne {said}, de {low} à {high}{lost}"
