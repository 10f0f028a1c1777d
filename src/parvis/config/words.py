"""Commands that speak French: their help, the headings of it, and what they say when they are called wrongly."""

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


def fault(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter(param=click.Parameter() as missing):
            return f"Il manque {missing.make_metavar(error.ctx) or missing.name}."
        case click.NoSuchOption():
            return f"L'option « {error.option_name} » n'existe pas."
        case click.BadParameter(param=click.Parameter() as wrong):
            return f"La valeur donnée pour {wrong.make_metavar(error.ctx) or wrong.name} ne convient pas."
        case _:
            return "Cette commande n'est pas connue, ou elle est mal écrite."
