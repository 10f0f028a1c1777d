"""Read CSV as columns of text, in blocks, with the reader of Arrow."""

import re
from collections.abc import Iterator

import pyarrow as pa
from pyarrow import csv

from parvis.core.errors import ParvisError
from parvis.core.registers.sources import Member

BLOCK = 8 << 20
"""Bytes parsed at a time."""


class BrokenTable(ParvisError):
    """A CSV file whose lines do not agree with its header."""


def read(member: Member) -> Iterator[pa.Table]:
    """Give the table block by block; every cell is text, an empty one is None."""
    header = names(member)
    read = csv.ReadOptions(block_size=BLOCK, encoding=member.encoding)
    parse = csv.ParseOptions(delimiter=delimiter(member), newlines_in_values=True)
    convert = csv.ConvertOptions(
        column_types=dict.fromkeys(header, pa.string()),
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
    )
    with member.bytes() as stream:
        try:
            for block in csv.open_csv(stream, read_options=read, parse_options=parse, convert_options=convert):
                yield pa.Table.from_batches([block])
        except pa.ArrowInvalid as error:
            raise BrokenTable(
                f"« {member.name} » : {_in_french(error)}. Rien n'a été gardé : corrigez le fichier et recommencez."
            ) from error


def _in_french(error: pa.ArrowInvalid) -> str:
    found = re.search(r"Expected (\d+) columns, got (\d+)(?:: (.*))?", str(error), re.DOTALL)
    if found is None:
        return "le tableau y est mal formé"
    line = (found[3] or "").strip()[:80]
    return f"une ligne a {found[2]} cases, et l'en-tête {found[1]} (« {line} »)"


def first_line(member: Member) -> str:
    with member.text() as text:
        return text.readline().lstrip("\ufeff").rstrip("\r\n")


def delimiter(member: Member) -> str:
    """Return the sign that parts the header most."""
    line = first_line(member)
    return max(",;\t|", key=line.count)


def names(member: Member) -> list[str]:
    """Return the header's names; two of the same name cannot be told apart."""
    parts = [part.strip().strip('"') for part in re.split(re.escape(delimiter(member)), first_line(member))]
    twice = sorted({part for part in parts if parts.count(part) > 1})
    if twice:
        raise BrokenTable(
            f"« {member.name} » a deux colonnes « {twice[0]} ». Rien n'a été gardé : renommez l'une d'elles."
        )
    return parts
