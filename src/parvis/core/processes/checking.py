"""What a person sends is read once, at the door: each field is a checked value, or a sentence saying what to mend."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from parvis.core.errors import ParvisError
from parvis.core.processes.kinds import Field, FieldType

Json = str | int | list[str]

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffd\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""What no keyboard types in a sentence: control characters, bytes that were not UTF-8 (U+FFFD), lone surrogates."""

BIDIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the order of letters: they can make a text read otherwise than it is written (CVE-2021-42574)."""

MAX_ADDRESS = 2_000

EMPTY: tuple[object, ...] = ("", [])
"""What a form sends for a field left alone."""


class FieldsRefused(ParvisError):
    """Some fields of a contribution cannot be kept as they are. `faults` says why, field by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Keep each field's sentence, so that a form shows it where it belongs."""
        self.faults = dict(faults)
        super().__init__(" ".join(faults.values()))


class Refused(Exception):
    """One field's sentence; they are gathered into FieldsRefused."""


def check(fields: Sequence[Field], given: Mapping[str, object]) -> dict[str, Json]:
    """Return the values to keep, by name; a field that is not asked, or left empty, is left out.

    Raises FieldsRefused with a sentence for each field that cannot be kept.
    """
    faults: dict[str, str] = {}
    kept: dict[str, Json] = {}
    for field in fields:
        try:
            value = _checked(field, given.get(field.name), kept)
        except Refused as refusal:
            faults[field.name] = str(refusal)
            continue
        if value is not None and value not in EMPTY:
            kept[field.name] = value
    faults |= {name: f"« {name} » n'est pas un champ d'ici." for name in given.keys() - {one.name for one in fields}}
    if faults:
        raise FieldsRefused(faults)
    return kept


def _checked(field: Field, raw: object, before: Mapping[str, object]) -> Json | None:
    if not field.is_asked(before):
        return None
    value = None if raw is None or raw in EMPTY else READERS[field.type](field, raw)
    if field.is_required and (value is None or value == ""):
        raise Refused(f"« {field.title} » manque : remplissez ce champ.")
    return value


def _text(field: Field, raw: object) -> str:
    if not isinstance(raw, str):
        raise Refused(f"« {field.title} » attend un texte.")
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if UNPRINTABLE.search(text):
        raise Refused(
            f"« {field.title} » contient des octets qui ne sont pas du texte (caractères de contrôle, ou texte mal "
            "encodé). Recopiez-le depuis un éditeur de texte, en UTF-8."
        )
    if BIDIRECTIONAL.search(text):
        raise Refused(f"« {field.title} » contient des marques invisibles qui changent le sens de lecture : ôtez-les.")
    return _short(field, text)


def _short(field: Field, text: str) -> str:
    if len(text) > field.max_length:
        raise Refused(
            f"« {field.title} » fait {len(text)} caractères, {field.max_length} au plus : raccourcissez-le, ou "
            "donnez le reste dans une source."
        )
    return text


def line(field: Field, raw: object) -> str:
    """Return one line of text. Raises Refused with the sentence that says what to mend."""
    return " ".join(_text(field, raw).split())


def _choice(field: Field, raw: object) -> str:
    choices = field.choices or {}
    if not isinstance(raw, str) or raw not in choices:
        raise Refused(f"« {field.title} » : choisissez parmi {', '.join(choices.values())}.")
    return raw


def _choices(field: Field, raw: object) -> list[str]:
    if not isinstance(raw, list | tuple):
        raise Refused(f"« {field.title} » attend une liste de choix.")
    return [_choice(field, one) for one in dict.fromkeys(raw)]


def _scale(field: Field, raw: object) -> int:
    text = str(raw).strip()
    if not re.fullmatch(r"-?[0-9]{1,4}", text) or not field.lowest <= int(text) <= field.highest:
        raise Refused(f"« {field.title} » : donnez un nombre entier de {field.lowest} à {field.highest}.")
    return int(text)


def _address(field: Field, raw: object) -> str:
    text = line(field, raw)
    # A browser runs « javascript: » and opens « file: »: the public link is to a page of the web, or is not one.
    if not re.fullmatch(r"https?://[^\s<>\"]+", text) or not _hostname(text) or len(text) > MAX_ADDRESS:
        raise Refused(f"« {field.title} » : donnez une adresse entière, qui commence par https:// ou http://.")
    return text


def _run(field: Field, raw: object) -> str:
    """Read the identity of a published calculation, or the address of its page, which holds it."""
    found = re.findall(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", line(field, raw))
    if len(found) != 1:
        raise Refused(
            f"« {field.title} » : donnez l'adresse de la page d'un calcul publié, ou son identité "
            "(64 chiffres et lettres de a à f)."
        )
    return str(found[0])


def _hostname(text: str) -> bool:
    # urlsplit refuses an unclosed bracket; such an address leads nowhere either.
    return "[" not in text and "]" not in text and bool(urlsplit(text).hostname)


READERS: Final[Mapping[FieldType, Callable[[Field, object], Json]]] = {
    FieldType.LINE: line,
    FieldType.TEXT: _text,
    FieldType.WORDING: _text,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.SCALE: _scale,
    FieldType.ADDRESS: _address,
    FieldType.RUN: _run,
}
"""How each type of field is read."""
