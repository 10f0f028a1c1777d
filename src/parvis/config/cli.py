"""The `parvis` command: each of its words is a module of parvis.config.commands, found by its name."""

import os
import sys
from importlib import import_module
from pkgutil import iter_modules

import click
import django
from rich.console import Console

from parvis.config import commands
from parvis.core.errors import ParvisError

NAMES = tuple(found.name for found in iter_modules(commands.__path__))


class Words(click.Group):
    """The commands, imported one at a time: `parvis --help` answers without starting the whole house."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        if cmd_name not in NAMES:
            return None
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
        django.setup()
        command: click.Command = import_module(f"{commands.__name__}.{cmd_name}").command
        return command


@click.group(cls=Words, context_settings={"help_option_names": ["-h", "--help", "--aide"]})
def parvis() -> None:
    """Parvis : la place publique où un gouvernement rend compte, débat, partage et se laisse mesurer.

    « parvis COMMANDE --aide » explique chaque commande et en donne un exemple.
    """


def main() -> None:
    """Run the command; a refusal is its sentence and exit status 1, anything else is a fault and shows its trace."""
    try:
        parvis()
    except ParvisError as refusal:
        Console(stderr=True).print(f"[bold]parvis[/] : {refusal}", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
