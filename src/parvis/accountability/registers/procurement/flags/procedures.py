"""How a French procedure is called in the Open Contracting Data Standard, where that can be known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Procedure:
    """A procedure of the official lists (orders of 14 April 2017, 22 March 2019 and 22 December 2022).

    `method` is the OCDS code, None where the French word does not tell it. `is_competitive` says whether several
    bids are looked for: it is known even where the method is not.
    """

    method: str | None
    is_competitive: bool
    because: str


_ADAPTED = "une procédure adaptée est ouverte si elle a fait l'objet d'une publicité : les données essentielles "
"ne le disent pas"
_NEGOTIATED = "la négociation suit un appel à candidatures, puis une sélection"
_DIRECT = "sans publicité ni mise en concurrence préalable : un seul opérateur peut avoir été consulté"

PROCEDURES: Final[Mapping[str, Procedure]] = {
    "Procédure adaptée": Procedure(None, is_competitive=True, because=_ADAPTED),
    "Appel d'offres ouvert": Procedure("open", is_competitive=True, because="tout opérateur peut remettre une offre"),
    "Appel d'offres restreint": Procedure(
        "selective", is_competitive=True, because="seuls les candidats retenus remettent une offre"
    ),
    "Procédure avec négociation": Procedure("selective", is_competitive=True, because=_NEGOTIATED),
    "Procédure concurrentielle avec négociation": Procedure("selective", is_competitive=True, because=_NEGOTIATED),
    "Procédure négociée avec mise en concurrence préalable": Procedure(
        "selective", is_competitive=True, because=_NEGOTIATED
    ),
    "Dialogue compétitif": Procedure(
        "selective", is_competitive=True, because="le dialogue se tient avec les candidats retenus"
    ),
    "Marché passé sans publicité ni mise en concurrence préalable": Procedure(
        "limited", is_competitive=False, because=_DIRECT
    ),
    "Marché négocié sans publicité ni mise en concurrence préalable": Procedure(
        "limited", is_competitive=False, because=_DIRECT
    ),
    "Procédure négociée ouverte": Procedure("open", is_competitive=True, because="concession ouverte à tous"),
    "Procédure non négociée ouverte": Procedure("open", is_competitive=True, because="concession ouverte à tous"),
    "Procédure négociée restreinte": Procedure(
        "selective", is_competitive=True, because="concession ouverte aux candidats retenus"
    ),
    "Procédure non négociée restreinte": Procedure(
        "selective", is_competitive=True, because="concession ouverte aux candidats retenus"
    ),
}


def as_sql() -> str:
    """Write the table as a SELECT: procedure, method, is_competitive, is_direct."""
    rows = ", ".join(
        f"({quoted(label)}, {quoted(procedure.method)}, {procedure.is_competitive}, {procedure.method == 'limited'})"
        for label, procedure in PROCEDURES.items()
    )
    return f"select * from (values {rows}) as listed(procedure, method, is_competitive, is_direct)"


def quoted(text: str | None) -> str:
    """Write a text as a SQL literal."""
    return "null" if text is None else "'" + text.replace("'", "''") + "'"
