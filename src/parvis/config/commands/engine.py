"""`parvis engine`: install the simulators' engines, and look after their processes."""

import click

from parvis.config.showing import say, step
from parvis.config.words import Word
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting import installing
from parvis.core.simulators.hosting.calling import Host, host


def chosen(name: str | None) -> list[Host]:
    return [host(name)] if name else [host(slug) for slug in ENGINES.filled()]


def install(name: str | None) -> None:
    """Install an engine, or all of them; what is there already is passed over."""
    for one in chosen(name):
        with step(f"Moteur {one.declared.title}") as line:
            done: list[str] = []
            installing.install(one.declared, tell=done.append)
            line.end = ", ".join(done) or "déjà là"


def show() -> None:
    for one in chosen(None):
        state = "installé" if one.is_installed else "à installer"
        say(f"{one.declared.slug:16} {state:12} {one.declared.title}")


def cases(name: str | None) -> None:
    for one in chosen(name):
        passed = [case.is_passed for case in one.cases()]
        say(f"{one.declared.title} : {sum(passed)} cas tenus sur {len(passed)}")


@click.command(cls=Word, example="parvis engine install openfisca")
@click.argument("word", metavar="install|list|cases|stop", type=click.Choice(["install", "list", "cases", "stop"]))
@click.argument("name", metavar="[MOTEUR]", required=False)
def command(word: str, name: str | None) -> None:
    """Installe les moteurs des simulateurs (install), en fait la liste (list), en joue les cas (cases), les arrête (stop)."""
    match word:
        case "install":
            install(name)
        case "list":
            show()
        case "cases":
            cases(name)
