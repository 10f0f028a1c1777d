"""`parvis demo`: everything, from an empty folder to a served site."""

from dataclasses import dataclass
from datetime import datetime

import click
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from parvis.config import cast
from parvis.config.commands.engine import install
from parvis.config.debating import LIVE, load_archives, load_texts, open_live_debate
from parvis.config.demonstrating import load_registers, measure
from parvis.config.seeding import seed
from parvis.config.serving import prepare, serve
from parvis.config.showing import say, step
from parvis.config.words import Word
from parvis.core.actors.models import Organisation
from parvis.core.actors.roles import ROLES
from parvis.core.french import number
from parvis.core.ledger import actions as ledger
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting.calling import host
from parvis.core.undertakings.loading.actions import load_plan
from parvis.core.undertakings.models import Undertaking


@dataclass(frozen=True)
class Demonstration:
    """What the last lines print."""

    accounts: tuple[cast.Account, ...]
    ministry: Organisation  # whose lead and agent have an account


def load() -> Demonstration:
    """Load the demonstration, one line a step; each step done is passed over when it is run again."""
    with step("Base de données"):
        call_command("migrate", verbosity=0)
    with step("Plan et comptes de démonstration") as line:
        made = open_plan(at=timezone.now())
        line.end = f"{len(made.accounts)} comptes"
    load_registers()
    load_texts()
    load_archives()
    with step("Débat de démonstration") as line:
        opened = open_live_debate(made.ministry)
        said = seed(opened, at=timezone.now()) if opened else 0
        line.end = f"/debats/{opened.slug}/, {said} contributions fictives" if opened else "aucun texte à débattre"
    for slug in ENGINES.filled():  # before measuring: commitment 16 counts them
        install(host(slug))
    # Sealed before and after: each number names the published head that it was made under, and is itself in the next.
    seal()
    with step("Mesures du plan") as line:
        line.end = measure()
    with step("Journal public") as line:
        line.end = seal()
    with step("Fichiers statiques"):
        prepare()
    return made


def open_plan(*, at: datetime) -> Demonstration:
    """Load the plan and open the cast's accounts; the lead's is mandated by commitment 2's first lead."""
    plan = load_plan(at=at)
    ministry = plan.undertakings.get(code="2").leads.order_by("pk").first().organisation
    return Demonstration(cast.enter(ministry=ministry, at=at), ministry)


def seal() -> str:
    """Publish the log up to now; say how many entries it has."""
    head = ledger.sequence(at=timezone.now())
    return f"{number(head.size)} entrées scellées" if head else "vide"


def welcome(made: Demonstration, address: str) -> None:
    """Say where the site is; then, last, how to sign in."""
    say(f"\nParvis est servi sur {address} (Ctrl-C pour arrêter).")
    for measured in Undertaking.objects.filter(measures__isnull=False).distinct().order_by("number"):
        say(f"Engagement {measured.number}, mesuré : {address}{reverse('commitment', args=[measured.slug])}")
    say(f"Débat ouvert, une démonstration : {address}{reverse('debate', args=[LIVE])}")
    say(f"Se connecter : {address}{reverse('login')}")
    for account in made.accounts:
        role = ROLES.filled().get(account.role)
        say(f"  {account.email:28} {account.password:16} {role.title if role else 'citoyenne, sans mandat'}")


@click.command(cls=Word, example="parvis demo --port 8080")
@click.option("--host", metavar="ADRESSE", default="127.0.0.1", help="Adresse d'écoute, 127.0.0.1 par défaut.")
@click.option("--port", metavar="PORT", type=int, default=8000, help="Port d'écoute, 8000 par défaut.")
@click.option("--load-only", is_flag=True, help="Charge la démonstration et s'arrête, sans servir le site.")
def command(host: str, port: int, *, load_only: bool) -> None:
    """Charge le plan et les données de démonstration, les mesure, et sert le site.

    Les fichiers réels sont pris dans PARVIS_DATA ; sans eux, un échantillon fictif les remplace, annoncé sur chaque
    page. Relancée, la commande reprend où elle en était.
    """
    made = load()
    if not load_only:
        serve(host=host, port=port, ready=lambda: welcome(made, f"http://{host}:{port}"))
