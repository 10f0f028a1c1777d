"""Write docs/reference/ from the code: commands, settings, registers. A test says when it is out of date."""

import os
from pathlib import Path

import click
import django

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
MADE = "<!-- Fait par `make docs` depuis le code : ne pas modifier à la main. -->"


def commands() -> str:
    from parvis.config.cli import NAMES, parvis

    context = click.Context(parvis, info_name="parvis")
    parts = [part for name in NAMES for part in command(parvis.get_command(context, name), context, name)]
    return "\n\n".join(["# Les commandes", MADE, *parts]) + "\n"


def command(word: click.Command, context: click.Context, name: str) -> list[str]:
    """Say what a command does, its arguments and options, and its example."""
    pieces = " ".join(word.collect_usage_pieces(click.Context(word, parent=context, info_name=name)))
    options = [
        f"- `{', '.join(one.opts)}{'' if one.is_flag else ' ' + (one.metavar or '')}` : {one.help}"
        for one in word.params
        if isinstance(one, click.Option)
    ]
    paragraphs = [" ".join(part.split()) for part in (word.help or "").split("\n\n")]
    listed = ["\n".join(options)] if options else []
    return [f"## parvis {name}", f"`parvis {name} {pieces}`", *paragraphs, *listed, f"Exemple : `{word.example}`"]


def settings() -> str:
    from parvis.config.environment import SETTINGS

    rows = "\n".join(
        f"| `{one.name}` | {f'`{one.default}`' if one.default else ''} | {one.sentence} |" for one in SETTINGS
    )
    return (
        f"# Les réglages\n\n{MADE}\n\nDes variables d'environnement ; aucune n'est nécessaire pour commencer.\n\n"
        f"| variable | par défaut | ce qu'elle règle |\n| --- | --- | --- |\n{rows}\n"
    )


def registers() -> str:
    from parvis.core.registers.shelf import REGISTERS

    parts = [part for one in REGISTERS.filled().values() for part in register(one)]
    return "\n\n".join(["# Les registres", MADE, *parts]) + "\n"


def register(one) -> list[str]:  # noqa: ANN001 -- imported once Django is set up
    parts = [f"## {one.title} (`{one.slug}`)", one.summary, f"Standards : {', '.join(one.standards)}."]
    parts += ["\n".join(f"- [{source.title}]({source.address}) ({source.licence})" for source in one.sources)]
    for table in one.tables:
        rows = "\n".join(
            f"| `{column.name}` | {column.type} | {column.title} | {column.help} |" for column in table.columns
        )
        head = "| colonne | type | titre | sens |\n| --- | --- | --- | --- |"
        parts += [f"### {table.title} (`{one.slug}.{table.name}`)", f"{head}\n{rows}"]
    rows = "\n".join(f"| `{rule.slug}` | {rule.status} | {rule.sentence} | {rule.why} |" for rule in one.rules)
    return [
        *parts,
        *([f"### Règles\n\n| règle | effet | phrase | pourquoi |\n| --- | --- | --- | --- |\n{rows}"] if rows else []),
    ]


PAGES = {"commandes.md": commands, "reglages.md": settings, "registres.md": registers}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for page, make in PAGES.items():
        (FOLDER / page).write_text(make(), encoding="utf-8")
        print(f"docs/reference/{page}")
