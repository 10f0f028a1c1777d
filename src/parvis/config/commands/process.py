"""`parvis process`: who may do what when, told before a debate opens."""

from datetime import datetime

import click
from django.utils import timezone
from rich.table import Table

from parvis.config.showing import console, say
from parvis.config.words import Word
from parvis.core import french
from parvis.core.errors import ParvisError
from parvis.core.french import PARIS
from parvis.core.processes import simulating
from parvis.core.processes.models import Process
from parvis.core.processes.procedures import Procedure, procedure_named, proposed


class UnknownWord(ParvisError):
    """`parvis process` does one thing."""


class NotADay(ParvisError):
    """A day was asked in a form that is not one."""


def day(text: str | None) -> datetime:
    """Return midnight, in Paris, of the day given; of today when none is."""
    if text is None:
        return timezone.localtime(timezone.now(), PARIS).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        return datetime.fromisoformat(text).replace(tzinfo=PARIS)
    except ValueError as error:
        raise NotADay(f"« {text} » n'est pas un jour : écrivez 2026-12-01, ou 2026-12-01T09:00.") from error


def planned(name: str, since: str | None) -> tuple[Procedure, simulating.Timetable]:
    """Return a debate that exists, by its address, or what a procedure proposes from a day on."""
    process = Process.objects.filter(slug=name).first()
    if process is not None:
        return procedure_named(process.procedure), process.timetable()
    procedure = procedure_named(name)
    return procedure, simulating.timetable(procedure, list(proposed(procedure, starts_at=day(since))))


@click.command(cls=Word, example="parvis process simulate cowriting --from 2026-12-01")
@click.argument("word", metavar="simulate", default="simulate")
@click.argument("name", metavar="PROCEDURE")
@click.option("--from", "since", metavar="JOUR", help="Premier jour du débat (aujourd'hui si rien n'est dit).")
def command(word: str, name: str, since: str | None) -> None:
    """Dit qui pourra faire quoi, et quand, dans une procédure ou dans un débat préparé, avant de l'ouvrir."""
    if word != "simulate":
        raise UnknownWord(f"« parvis process {word} » n'existe pas : essayez « parvis process simulate {name} ».")
    procedure, schedule = planned(name, since)
    say(f"{schedule.title} : {procedure.purpose}")
    phases = Table("Étape", "Du", "Au (exclu)", "Qui", "Peut", title="Étape par étape", title_justify="left")
    for line in simulating.lines(procedure, schedule.windows):
        phases.add_row(
            line.step, french.moment(line.opens_at), french.moment(line.closes_at), line.who, _acts(line.acts)
        )
    console.print(phases)
    for step in procedure.steps:
        if step.owed:
            say(f"{step.title} : {simulating.owed(step.owed)}")
    say(simulating.ALWAYS)
    bounds = Table("Instant", "", "Ouvert", title="Aux bornes des étapes", title_justify="left")
    for instant in simulating.instants(schedule):
        bounds.add_row(f"{instant.at.astimezone(PARIS):%d/%m/%Y %H:%M:%S}", instant.what, _acts(instant.acts))
    console.print(bounds)


def _acts(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "rien"
