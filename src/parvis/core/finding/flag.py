"""What a register declares of a red flag: a rule that gives leads, or the reason why the rule cannot be computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from parvis.core.errors import ParvisError
from parvis.core.finding.bounds import Bound

POPULATION: Final = (
    "subject",
    "label",
    "uid",
    "buyer_id",
    "supplier_id",
    "peers",
    "value",
    "weight",
    "because",
    "evidence",
    "evidence_count",
)
"""The columns that a flag's SQL gives, one row a subject examined; `weight` is the euro at stake, to order leads."""


class Group(StrEnum):
    """What a flag needs, of what French open data hold."""

    DECP = "D"
    NOTICE = "N"
    JOIN = "J"
    BIDS = "B"
    INSIDE = "I"

    @property
    def sentence(self) -> str:
        return {
            Group.DECP: "Les données essentielles suffisent.",
            Group.NOTICE: "Il faut l'avis de marché (BOAMP ou TED), que les données essentielles ne contiennent pas.",
            Group.JOIN: "Il faut croiser un autre registre : SIRENE, bénéficiaires, exclusions ou agents publics.",
            Group.BIDS: "Il faut les offres non retenues, que la France ne publie pas.",
            Group.INSIDE: "Il faut des pièces, des paiements ou le suivi de l'exécution, qui ne sont pas publiés.",
        }[self]


class Subject(StrEnum):
    """What a lead is about."""

    CONTRACT = "contract"
    BUYER = "buyer"
    SUPPLIER = "supplier"
    PAIR = "pair"
    MARKET = "market"

    @property
    def word(self) -> str:
        return {
            Subject.CONTRACT: "marché",
            Subject.BUYER: "acheteur",
            Subject.SUPPLIER: "titulaire",
            Subject.PAIR: "acheteur et titulaire",
            Subject.MARKET: "secteur d'achat",
        }[self]


class IncompleteFlag(ParvisError):
    """A flag has half of what makes it computable."""


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A red flag of a published catalogue, computable here or not.

    Computable, it has a `population` (a SQL file, one row a subject examined) and a `bound` (which of them are hits).
    """

    code: str
    title: str
    original: str  # the title in the catalogue's own language
    group: Group
    subject: Subject
    formula: str  # French: what makes a hit, in words
    missing: tuple[str, ...] = ()  # fields of the standard that French open data lack
    examined: str = ""  # French: the population
    why: str = ""  # French: why this may be worth a look
    innocent: str = ""  # French: what explains it without any fault
    limits: str = ""  # French: what was changed from the catalogue, and what the number does not say
    table: str = ""  # the view whose rows hold the fields needed: "procurement.contracts"
    needs: Mapping[str, str] = field(default_factory=dict)  # source field -> SQL over the table
    population: Path | None = None
    includes: Mapping[str, str] = field(default_factory=dict)  # name -> SELECT that the population may use
    bound: Bound | None = None

    def __post_init__(self) -> None:
        """Refuse a flag that could be listed as computable and give nothing."""
        told = (self.table, self.needs, self.examined, self.why, self.innocent)
        whole = (self.population is not None, self.bound is not None, *map(bool, told))
        if any(whole) and not all(whole):
            raise IncompleteFlag(
                f"{self.code} : un signal calculable a sa population, sa borne, ses champs, et dit pourquoi il compte "
                "et ce qui l'explique sans faute."
            )
        if not any(whole) and not self.missing:
            raise IncompleteFlag(f"{self.code} : un signal non calculable dit quels champs lui manquent.")

    @property
    def slug(self) -> str:
        return self.code.lower()

    @property
    def is_computable(self) -> bool:
        return self.population is not None

    @property
    def status(self) -> str:
        return "calculable" if self.is_computable else "non calculable"

    @property
    def because(self) -> str:
        """Say in French why the flag can be computed here, or cannot."""
        if self.is_computable:
            return f"{Group.DECP.sentence} Champs lus : {', '.join(self.needs)}."
        return f"{self.group.sentence} Champs absents : {', '.join(self.missing)}."

    @property
    def population_sql(self) -> str:
        """The SELECT of every subject examined, complete: it can be run as it stands."""
        if self.population is None:
            raise IncompleteFlag(f"{self.code} n'est pas calculable : {self.because}")
        own = self.population.read_text(encoding="utf-8").strip().removesuffix(";")
        if not self.includes:
            return own
        shared = ",\n".join(f"{name} as (\n{text}\n)" for name, text in self.includes.items())
        return f"with {shared}\nselect * from (\n{own}\n)"

    @property
    def sql(self) -> str | None:
        """The SELECT of the hits, complete; None where the flag is not computable."""
        return None if self.bound is None else self.bound.hits(self.population_sql)
