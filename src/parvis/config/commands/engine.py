"""`parvis engine`: install the simulators' engines, run their own cases, and look after their processes."""

import sys

import click

from parvis.config.showing import Bar, console, say, step
from parvis.config.words import Word
from parvis.core.french import number
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting import keeping
from parvis.core.simulators.hosting.calling import EngineNotInstalled, Host, Score, host


def chosen(name: str | None) -> list[Host]:
    return [host(name)] if name else [host(slug) for slug in ENGINES.filled()]


def install(one: Host) -> bool:
    """Install an engine, and say whether it is. A terminal sees each part begin; what is there is passed over."""
    title = f"Moteur {one.declared.title}"
    with step(title) as line:
        try:
            one.install(tell=lambda part: console.print(f"{title} : {part}…") if console.is_terminal else None)
            line.end = describe(one)
        except EngineNotInstalled as error:
            line.end = f"non installé, ses pages le diront. {error}"
            return False
    return True


def describe(one: Host) -> str:
    """Say in one line what is installed, and how it fares on its own cases."""
    known = f"version {one.card().version}, {number(len(one.fields()))} champs"
    score = one.score()
    return f"{known}, {told(score)}" if score else known


def told(score: Score) -> str:
    kind = "ses cas tenus" if score.is_whole else "cas tenus, en échantillon"
    return f"{number(score.passed)} sur {number(score.total)} {kind}"


def show(one: Host) -> None:
    """Print an engine's line: whether it is installed, whether it runs."""
    if not one.is_installed:
        say(f"{one.declared.slug} : {one.declared.title}, à installer (parvis engine install {one.declared.slug})")
        return
    now = keeping.status(one)
    runs = f"en marche, {len(now['hands'])} mains, {number(now['asked'])} calculs demandés" if now else "à l'arrêt"
    say(f"{one.declared.slug} : {one.declared.title}, {describe(one)}, {runs}")


def cases(one: Host) -> None:
    """Run all of an engine's own cases, and keep the score for its page."""
    with Bar(f"Jouer les cas de {one.declared.title}") as bar:
        score = one.count_cases(None, progress=lambda done: bar(done, 0))
    say(f"{one.declared.title} : {told(score)}, {number(round(score.seconds))} s")
    for case in score.failed:
        say(f"  {case.name} : {case.message}")


def stop(one: Host) -> None:
    say(f"{one.declared.title} : {'arrêté' if keeping.stop(one) else 'ne tournait pas'}")


WORDS = {"install": install, "list": show, "cases": cases, "stop": stop}


@click.command(cls=Word, example="parvis engine install openfisca")
@click.argument("word", metavar="install|list|cases|stop", type=click.Choice([*WORDS]))
@click.argument("name", metavar="[MOTEUR]", required=False)
def command(word: str, name: str | None) -> None:
    """Installe les moteurs des simulateurs (install), les liste (list), joue leurs cas (cases) ou les arrête (stop).

    Sans nom de moteur, tous. Un moteur a ses propres bibliothèques, prises une fois au registre des paquets Python et
    vérifiées par leur empreinte ; il calcule dans un processus à part, sans accès à la base du site.
    """
    done = [WORDS[word](one) for one in chosen(name)]
    if False in done:
        sys.exit(1)
