"""The register of public procurement: who buys what from whom, for how much, as the law has buyers publish it.

Law: code de la commande publique, articles L. 2196-2 and L. 3131-1; orders of 14 April 2017, 22 March 2019 and
22 December 2022.
"""

from pathlib import Path

from parvis.accountability.registers.procurement.browse import BROWSE
from parvis.accountability.registers.procurement.crosswalk import CROSSWALKS
from parvis.accountability.registers.procurement.flags import FLAGS
from parvis.accountability.registers.procurement.reading import read, records
from parvis.accountability.registers.procurement.rules import RULES
from parvis.accountability.registers.procurement.rules.shapes import SHAPES
from parvis.accountability.registers.procurement.sample import demonstration
from parvis.accountability.registers.procurement.sources import SOURCES
from parvis.accountability.registers.procurement.tables import RAW_CONTRACTS, RAW_SUPPLIERS, TABLES
from parvis.accountability.registers.procurement.tabular import HOLDERS
from parvis.core.registers.register import Register

FOLDER = Path(__file__).parent

REGISTER = Register(
    slug="procurement",
    title="Marchés publics",
    summary="Qui achète quoi, à qui, à quel montant : les données essentielles de la commande publique.",
    standards=("DECP 2017", "DECP 2019", "DECP 2022", "OCDS 1.1"),
    sources=SOURCES,
    tables=TABLES,
    raw_tables={"contracts": RAW_CONTRACTS, "suppliers": RAW_SUPPLIERS},
    passing_tables={"holders": HOLDERS},
    read=read,
    records=records,
    rules=RULES,
    folder=FOLDER,
    key="uid",
    macros=(FOLDER / "rules" / "macros.sql").read_text(),
    derived=SHAPES,
    prepare=(FOLDER / "prepare.sql").read_text(),
    settle=(FOLDER / "settle.sql").read_text(),
    assembly={name: (FOLDER / f"{name}.sql").read_text() for name in ("contracts", "suppliers")},
    sample=demonstration,
    browse=BROWSE,
    flags=FLAGS,
    crosswalks=CROSSWALKS,
)
