"""LOG-5: what is erased is erased, what was proved stays proved."""

from pathlib import Path

import pytest
from django.db import connection

from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.ledger.receipts import Receipt
from parvis.core.ledger.tiles import nodes
from parvis.core.ledger.trees import inclusion_path
from parvis.core.ledger.verifying import verify


def dump():
    """Return everything that the database keeps: a dump of its rows and, for SQLite, its files as they are."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        return b"".join(b"".join(copied(table)) for table in connection.introspection.table_names())
    rows = "\n".join(connection.connection.iterdump()).encode()
    files = Path(connection.settings_dict["NAME"])
    return rows + b"".join(path.read_bytes() for path in files.parent.glob(f"{files.name}*"))


def copied(table):
    """Yield a table's rows as pg_dump writes them (COPY), without asking for a pg_dump of the server's version."""
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
        yield from map(bytes, rows)


def tiles(home):
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def traces(entry):
    """Return what must not be found: the texts, and the salts in bytes, hexadecimal and PostgreSQL's dump form."""
    salts = [bytes(entry.salt), bytes(entry.hidden_salt)]
    return [
        entry.content["text"].encode(), entry.hidden.encode(),
        *salts, *(salt.hex().encode() for salt in salts), *(salt.hex().upper().encode() for salt in salts),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_an_erased_act_leaves_no_trace_and_every_proof_holds(seal, home, at):
    for number in range(300):
        seal(
            content={"text": f"« Le témoignage {number} de Marguerite »"},
            hidden={"author": f"Marguerite {number}"},
            key=f"c{number}",
        )
    before = ledger.sequence(at=at)
    chosen = list(Entry.objects.filter(position__in=[0, 150, 299]))
    searched = {trace for entry in chosen for trace in traces(entry)}
    assert all(trace in dump() for entry in chosen for trace in traces(entry)[:2]), "the search finds what is there"
    receipts = {entry.pk: receipt(entry, before, home) for entry in chosen}

    for entry in chosen:
        ledger.erase(entry=entry, because="demande de la personne", at=at)
    ledger.sequence(at=at)
    ledger.sweep()

    kept = dump() + tiles(home)
    assert [trace for trace in searched if trace in kept] == []
    audit = verify(str(home), since=before.note)
    assert audit.kinds == {"release.published": 300, "entry.erased": 3}
    for entry in Entry.objects.filter(pk__in=receipts):
        receipts[entry.pk].check(bytes(entry.leaf), ledger.ensure_key().verifier)
        assert (entry.opening, entry.salt, entry.hidden, entry.hidden_salt) == (None,) * 4
        assert entry.erased_by.position >= 300


def receipt(entry, head, home):
    return Receipt(
        entry.position, inclusion_path(entry.position, head.size, nodes(ledger.folder().read, head.size)), head.note
    )


@pytest.mark.django_db
def test_an_act_is_erased_before_it_has_its_place(seal, home, at):
    [entry] = seal()
    ledger.erase(entry=entry, because="erreur", at=at)
    ledger.sequence(at=at)
    entry.refresh_from_db()
    assert (entry.position, entry.content, entry.erased_by.position) == (0, None, 1)
    assert verify(str(home)).size == 2
