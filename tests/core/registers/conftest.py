"""A register of two tables, small enough to be read at a glance, and folders that look like its releases."""

from pathlib import Path

import duckdb
import orjson
import pytest

from parvis.core.registers.register import Batch, Column, Register, Table


def column(name, kind="VARCHAR"):
    return Column(name, kind, name.capitalize(), f"La colonne {name}.")


GRANT = {"source_row": "BIGINT", "uid": "VARCHAR", "amount": "DECIMAL(18,2)", "given_on": "DATE", "object": "VARCHAR"}


def read_grants(path):
    """Read JSON lines: {"uid": ..., "amount": ..., "given_on": ..., "object": ..., "to": [names]}."""
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        grant = orjson.loads(line)
        names = grant.pop("to", [])
        yield Batch("grants", [{"source_row": number, **grant}])
        yield Batch("receivers", [{"source_row": number, "uid": grant["uid"], "name": name} for name in names])


@pytest.fixture
def grants(tmp_path):
    """A register of grants: a table of grants, and one of who receives them."""
    folder = tmp_path / "grants-declared"
    folder.mkdir()
    return Register(
        slug="grants",
        title="Subventions",
        summary="Des subventions pour les tests.",
        standards=(),
        sources=(),
        tables=(
            Table("grants", "Subventions", tuple(column(name, kind) for name, kind in GRANT.items())),
            Table("receivers", "Bénéficiaires", (column("source_row", "BIGINT"), column("uid"), column("name"))),
        ),
        raw_tables={"grants": ("uid", "amount", "given_on", "object"), "receivers": ("uid", "name")},
        read=read_grants,
        rules=(),
        key="uid",
        folder=folder,
    )


@pytest.fixture
def release(tmp_path):
    """Write a folder of Parquet files, as a release: `release("r1", loaded_at, grants="values ... t(a, b)")`."""

    def write(name, loaded_at=None, **tables) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for table, sql in tables.items():
            duckdb.connect().execute(f"copy ({sql}) to '{folder / table}.parquet' (format parquet)")
        if loaded_at:
            manifest = {
                "source": name,
                "source_hash": "",
                "source_name": name,
                "loaded_at": loaded_at.isoformat(),
                "fictitious": False,
                "files": [],
                "defects": {},
            }
            (folder / "manifest.json").write_bytes(orjson.dumps(manifest))
        return folder

    return write
