"""JSON of a stranger, read strictly: no key twice, no number that is none, no half character, no endless depth."""

import json
import re
from collections import Counter
from typing import Any, Final, NoReturn

from parvis.core.errors import ParvisError

LONGEST: Final = 19
"""Digits of the longest integer of 64 bits: a longer one is no number for most readers of JSON (RFC 8259 §6)."""

ESCAPED: Final = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u(?P<none>0000|[dD][89a-fA-F]..)|.)", re.DOTALL)
"""An escape of a text of JSON; « none »: NUL, or half of a surrogate pair (RFC 8259 §8.2), which no UTF-8 writes."""


class NotJSON(ParvisError):
    """What was sent is not JSON, or not JSON that means one thing."""


def strictly(raw: bytes) -> Any:  # noqa: ANN401 -- whatever JSON holds
    """Read JSON in UTF-8. Raises NotJSON, saying where it stops being so."""
    try:
        text = raw.decode()
        _refuse_half_characters(text)
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        raise NotJSON(
            f"Ce n'est pas du JSON : la ligne {error.lineno}, colonne {error.colno}, ne se lit pas."
        ) from error
    except UnicodeDecodeError as error:
        raise NotJSON(f"Ce n'est pas du JSON en UTF-8 : l'octet {error.start} ne se lit pas.") from error
    except RecursionError as error:
        raise NotJSON("Ce JSON a trop de niveaux les uns dans les autres : aplatissez-le.") from error


def _refuse_half_characters(text: str) -> None:
    for escape in ESCAPED.finditer(text) if "\\u" in text else ():
        if escape["none"]:
            raise NotJSON(f"« {escape[0]} » n'est pas un caractère : ôtez-le, ou écrivez sa paire entière.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise NotJSON(f"La clé « {twice[:60]} » est écrite deux fois dans le même objet : gardez-en une.")
    return found


def _constant(text: str) -> NoReturn:
    raise NotJSON(f"« {text} » n'est pas un nombre : JSON n'a ni NaN ni infini.")


def _float(text: str) -> float:
    value = float(text)
    if abs(value) == float("inf"):
        raise NotJSON(f"« {text[:20]} » est trop grand pour un nombre.")
    return value


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > LONGEST or not -(2**63) <= (value := int(text)) < 2**63:
        raise NotJSON(f"« {text[:20]}… » est trop grand pour un nombre entier : écrivez-le avec un exposant (1e20).")
    return value
