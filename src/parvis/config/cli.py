"""The `parvis` command: each of its words is a module of parvis.config.commands, found by its name."""

import os
import sys
from importlib import import_module
from pkgutil import iter_modules

import click
import django
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in NAMES and not args[0].startswith("-"):
            raise words.UnknownWord(words.unknown(args[0], NAMES), ctx)
        return super().resolve_command(ctx, args)

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
    invoke_without_command=True,
    subcommand_metavar="COMMANDE",
    context_settings={"help_option_names": words.HELP_NAMES, "max_content_width": 110},
)
@click.pass_context
def parvis(context: click.Context) -> None:
    """Parvis : la place publique où un gouvernement rend compte, débat, partage et se laisse mesurer.

    « parvis COMMANDE --aide » explique une commande et en donne un exemple.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


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
    except (OperationalError, ProgrammingError):
        if not is_behind():
            raise
        refuse("la base n'est pas prête. « parvis serve » la met à jour ; recommencez ensuite.", status=1)


def is_behind() -> bool:
    """Whether the base awaits a migration: a new one, or one whose site was upgraded and not served since."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse(text: str, *, status: int) -> None:
    click.echo(f"parvis : {text}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
