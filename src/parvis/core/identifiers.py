"""Identifiers of French organisations, parsed once at the door.

INSEE, SIRENE: a SIREN is nine digits under Luhn's key; a SIRET is a SIREN and five digits of establishment, fourteen
in all under Luhn's key, except the establishments of La Poste whose digits sum to a multiple of five.
"""

from typing import NewType

import stdnum.fr.siren
import stdnum.fr.siret
from stdnum.exceptions import ValidationError

from parvis.core.errors import ParvisError

Siren = NewType("Siren", str)
Siret = NewType("Siret", str)


class InvalidIdentifier(ParvisError):
    """A text that is not the identifier it should be."""


def siret(text: str) -> Siret:
    """Return the 14 digits of a SIRET."""
    try:
        return Siret(stdnum.fr.siret.validate(text))
    except ValidationError as error:
        raise InvalidIdentifier(
            f"« {text} » n'est pas un SIRET : 14 chiffres sont attendus, clé comprise. Vérifiez-le."
        ) from error


def siren(text: str) -> Siren:
    """Return the 9 digits of a SIREN."""
    try:
        return Siren(stdnum.fr.siren.validate(text))
    except ValidationError as error:
        raise InvalidIdentifier(
            f"« {text} » n'est pas un SIREN : 9 chiffres sont attendus, clé comprise. Vérifiez-le."
        ) from error


def neighbours(text: str) -> list[Siren]:
    """Return the SIRENs that one wrong digit, or two neighbours swapped, could have turned into these nine digits."""
    swapped = {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)}
    changed = {text[:at] + digit + text[at + 1 :] for at in range(len(text)) for digit in "0123456789"}
    return sorted(Siren(near) for near in (swapped | changed) - {text} if stdnum.fr.siren.is_valid(near))
