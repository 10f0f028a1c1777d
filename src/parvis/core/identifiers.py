"""Identifiers of French organisations, parsed once at the door.

INSEE, SIRENE: a SIREN is nine digits under Luhn's key; a SIRET is a SIREN and five digits of establishment, fourteen
in all under Luhn's key, except the establishments of La Poste whose digits sum to a multiple of five.
"""

from typing import NewType

import stdnum.fr.siret
from stdnum.exceptions import ValidationError

from parvis.core.errors import ParvisError

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
