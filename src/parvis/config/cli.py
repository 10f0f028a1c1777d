"""The `parvis` command: each of its words is a module of parvis.config.commands, found by its name."""

import os
import sys
from importlib import import_module
from pkgutil import iter_modules

import click
import django

from parvis.config import commands, words
from parvis.core.errors import ParvisError

NAMES = tuple(found.name for found in iter_modules(commands.__path__))


class Words(click.Group):
    """The words, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        if cmd_name not in NAMES:
            return None
        command: click.Command = import_module(f"{commands.__name__}.{cmd_name}").command
        return command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return words.in_french(super().get_help_option(ctx))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words.write_usage(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        found = [(name, self.get_command(ctx, name)) for name in NAMES]
        with formatter.section("Commandes"):
            formatter.write_dl([(name, one.get_short_help_str(limit=90)) for name, one in found if one])


@click.group(
    cls=Words,
    no_args_is_help=True,
    subcommand_metavar="COMMANDE",
    context_settings={"help_option_names": words.HELP_NAMES, "max_content_width": 110},
)
def parvis() -> None:
    """Parvis : la place publique où un gouvernement rend compte, débat, partage et se laisse mesurer.

    « parvis COMMANDE --aide » explique une commande et en donne un exemple.
    """


def main() -> None:
    """Run the command. A refusal is its sentence and exit status 1; anything else is a fault and shows its trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    django.setup()
    try:
        parvis.main(prog_name="parvis", standalone_mode=False)
    except click.UsageError as error:
        refuse(words.sentence(error), status=2)
    except click.Abort:
        refuse("interrompu.", status=130)
    except ParvisError as error:
        refuse(str(error), status=1)


def refuse(text: str, *, status: int) -> None:
    click.echo(f"parvis : {text}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
