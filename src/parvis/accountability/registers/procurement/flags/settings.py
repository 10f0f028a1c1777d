"""Settings as OCDS Cardinal writes them, in an INI file: which flags to compute, and their bounds."""

import re
from collections.abc import Mapping
from configparser import ConfigParser
from configparser import Error as Misread
from typing import Final

from parvis.core.errors import ParvisError

Settings = Mapping[str, Mapping[str, str]]
"""Code of each flag to compute -> its options. The section "*" holds those of all: `currency`."""

NUMBER: Final = re.compile(r"\d+(\.\d+)?")
OPTIONS: Final = frozenset(
    {
        "currency",
        "digits",
        "minimum_contracting_processes",
        "minimum_submitted_bids",
        "percentile",
        "procurement_methods",
        "threshold",
    }
)


class UnknownOption(ParvisError):
    """Settings have an option that no flag reads."""


class UnreadableSettings(ParvisError):
    """Settings are not written as an INI file is."""


class NotANumber(ParvisError):
    """An option that is a number is set to something else."""


def settings(text: str) -> Settings:
    """Read Cardinal's settings: a section for each flag to compute, and general options above all sections."""
    parser = ConfigParser(interpolation=None, inline_comment_prefixes=("#", ";"), delimiters=("=",))
    try:
        parser.read_string("[*]\n" + text)
    except Misread as error:
        raise UnreadableSettings(
            "Les réglages ne se lisent pas : une section « [R003] » par signal, une option « nom = valeur » par "
            f"ligne, chacune une fois ({type(error).__name__})."
        ) from None
    return {name: dict(parser[name]) for name in parser.sections()}


def number(options: Mapping[str, str], name: str, otherwise: float) -> float:
    """Return an option that is a number, or what stands for it."""
    written = options.get(name)
    if written is None:
        return otherwise
    if not NUMBER.fullmatch(written):
        raise NotANumber(f"Réglage « {name} = {written} » : un nombre est attendu, comme 15 ou 0.05.")
    return float(written)


def refuse_unknown_options(chosen: Settings) -> None:
    """Refuse options that would be left aside in silence."""
    options = sorted({name for section in chosen.values() for name in section} - OPTIONS)
    if options:
        raise UnknownOption(
            f"Réglage inconnu : {', '.join(options)}. Réglages possibles : {', '.join(sorted(OPTIONS))}."
        )
