"""Commands that speak French: their help, the headings of it, and what they say when they are called wrongly."""

from collections.abc import Sequence
from difflib import get_close_matches

import click

HELP_NAMES = ["-h", "--aide", "--help"]


class Word(click.Command):
    """A word of `parvis`. Its help ends with one example, which a test runs or reads."""

    def __init__(self, *positional: object, example: str, **named: object) -> None:
        """Take click's own arguments, and the example."""
        named.setdefault("context_settings", {"help_option_names": HELP_NAMES})
        super().__init__(*positional, **named)  # type: ignore[arg-type]
        self.example = example

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return in_french(super().get_help_option(ctx))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_usage(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's signature
        with formatter.section("Exemple"):
            formatter.write_text(self.example)


def in_french(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Montre cette aide."
    return option


def write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix="Usage : ")


def sentence(error: click.UsageError) -> str:
    """Say in French how a command was called wrongly, and where its help is."""
    command = error.ctx.command_path if error.ctx else "parvis"
    return f"{fault(error)} « {command} --aide » explique la commande et en donne un exemple."


class UnknownWord(click.UsageError):
    """`parvis` is followed by a word that is none of its commands."""


def fault(error: click.UsageError) -> str:
    match error:
        case UnknownWord():
            return error.message
        case click.MissingParameter(param=click.Parameter() as missing):
            return f"Il manque {named(missing, error.ctx)}."
        case click.NoSuchOption():
            return f"L'option « {error.option_name} » n'existe pas."
        case click.BadParameter(param=click.Parameter() as wrong):
            return f"La valeur donnée pour {named(wrong, error.ctx)} ne convient pas."
        case _:
            return "Cette commande est mal écrite."


def named(parameter: click.Parameter, context: click.Context | None) -> str:
    """Name an option or an argument as its help does: « --port PORT », « FICHIER »."""
    metavar = parameter.metavar or (parameter.make_metavar(context) if context else "")
    return f"{parameter.opts[0]} {metavar}" if isinstance(parameter, click.Option) else metavar


def unknown(word: str, known: Sequence[str]) -> str:
    """Say that no command has this name, and which has the nearest."""
    near = get_close_matches(word, known, n=1)
    meant = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
    return f"La commande « {word} » n'existe pas.{meant}"
