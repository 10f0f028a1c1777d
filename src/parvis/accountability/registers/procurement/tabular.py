"""Read tabular DECP (the shape of decp.info): a line a supplier, so three lines for a contract of three suppliers."""

from collections.abc import Generator

import pyarrow as pa

from parvis.core.registers import tables_of_text
from parvis.core.registers.register import Batch
from parvis.core.registers.sources import Member
from parvis.core.registers.strict import Row

NAMES = {
    "uid": "declared_uid",
    "id": "id",
    "codeCPV": "cpv",
    "acheteur_id": "buyer_id",
    "acheteur_nom": "buyer_name",
    "titulaire_id": "supplier_id",
    "titulaire_typeIdentifiant": "supplier_id_type",
    "titulaire_nom": "supplier_name",
    "montant": "amount",
    "dateNotification": "notified_on",
    "datePublicationDonnees": "published_on",
    "nature": "nature",
    "objet": "object",
    "procedure": "procedure",
    "dureeMois": "duration_months",
    "offresRecues": "bids_received",
    "type": "type",
}
"""Header -> raw column of the table `holders`."""

DERIVED = (
    "acheteur_departement_code",
    "titulaire_departement_code",
    "acheteur_region_code",
    "titulaire_region_code",
)
"""Left on purpose: the aggregator computed them from SIRENE, the producer did not write them."""

HOLDERS = tuple(NAMES.values())


def read(member: Member, number: int) -> Generator[Batch, None, int]:
    """Give the lines of the file as columns, numbered after `number`; return the last number."""
    for table in tables_of_text.read(member):
        headers = Row(dict.fromkeys(table.column_names))
        headers.leave(*NAMES, *DERIVED)
        headers.finish(f"En-tête de « {member.name} »")
        known = {NAMES[name]: table[name] for name in table.column_names if name in NAMES}
        numbers = pa.array(range(number + 1, number + 1 + table.num_rows), pa.int64())
        yield Batch("holders", pa.table({"source_row": numbers, **known}))
        number += table.num_rows
    return number
