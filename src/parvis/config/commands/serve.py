"""`parvis serve`: serve the site and keep its log."""

import click
from django.core.management import call_command

from parvis.config.serving import prepare, serve
from parvis.config.showing import say, step
from parvis.config.words import Word


@click.command(cls=Word, example="parvis serve --port 8080")
@click.option("--host", metavar="ADRESSE", default="127.0.0.1", help="Adresse d'écoute, 127.0.0.1 par défaut.")
@click.option("--port", metavar="PORT", type=int, default=8000, help="Port d'écoute, 8000 par défaut.")
def command(host: str, port: int) -> None:
    """Met la base à jour, sert le site et tient le journal public, sans rien charger."""
    served = f"Parvis est servi sur http://{host}:{port} (Ctrl-C pour arrêter)"
    serve(host=host, port=port, ready=lambda: say(served), first=bring_up_to_date)


def bring_up_to_date() -> None:
    with step("Base de données"):
        call_command("migrate", verbosity=0)
    with step("Fichiers statiques"):
        prepare()
