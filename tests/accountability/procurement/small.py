"""Small releases written row by row, and real files read by the register, seen through the register's own views."""

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from parvis.accountability.registers.procurement import REGISTER
from parvis.commons.registers.communes import REGISTER as COMMUNES
from parvis.core.registers.checking import check
from parvis.core.registers.questions import connect

FILES = {
    "v1": "decp-v1/marches-publics.info_2019-03-07.json",
    "pes": "decp-v1/data.gouv.fr_pes_2019-04-05.json",
    "csv": "decp-2024/decp_2024H2_travaux_cpv4521_hors84_93.csv",
    "v2": "decp-v2-2022/exemples/json/marches_avec_modifications.json",
    "portugal": "ocds/portugal_base_2019-11-25_release-packages.json",
}

CONTRACT = {
    "version": 0,
    "is_current": True,
    "kind": "contract",
    "is_framework": False,
    "currency": "EUR",
    "has_duplicate": False,
}

Row = Mapping[str, object]


def release(folder: Path, contracts: Sequence[Row], suppliers: Sequence[Row] = ()) -> Path:
    """Write a release folder with these rows; what a row does not say is null, or as in CONTRACT."""
    folder.mkdir(parents=True)
    numbered = [{"source_row": number, **CONTRACT, **row} for number, row in enumerate(contracts, start=1)]
    rows = {row["uid"]: row["source_row"] for row in numbered if row["is_current"]}
    held = [
        {"source_row": rows[row["uid"]], "version": 0, "rank": rank, "supplier_id_type": "SIRET", **row}
        for rank, row in enumerate(suppliers, start=1)
    ]
    for table, values in zip(REGISTER.tables, (numbered, held), strict=True):
        write(folder / f"{table.name}.parquet", {column.name: column.type for column in table.columns}, values)
    return folder


def write(path: Path, types: Mapping[str, str], rows: Sequence[Row]) -> None:
    """Write typed rows to Parquet."""
    with duckdb.connect() as base:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        base.execute(f"create table rows ({columns})")
        for row in rows:
            assert row.keys() <= types.keys(), row.keys() - types.keys()
            base.execute(f"insert into rows values ({', '.join('?' * len(types))})", [row.get(name) for name in types])
        base.execute(f"copy rows to '{path}'")


def see(*folders: Path, communes: Sequence[Path] = ()) -> duckdb.DuckDBPyConnection:
    """Connect to release folders as a question does."""
    return connect({"procurement": folders, "communes": communes})


def place(folder: Path, communes: Sequence[Row]) -> Path:
    """Write a release folder of the communes register with these rows."""
    folder.mkdir(parents=True)
    table = COMMUNES.tables[0]
    write(folder / f"{table.name}.parquet", {column.name: column.type for column in table.columns}, communes)
    return folder


def published(folder: Path, into: Path, at: datetime) -> Path:
    """Copy a release folder, with the manifest that its publication would have written at that time."""
    shutil.copytree(folder, into)
    facts = {"source": "essai", "source_hash": "", "source_name": "", "fictitious": False, "files": [], "defects": {}}
    (into / "manifest.json").write_text(json.dumps({**facts, "loaded_at": at.isoformat()}))
    return into


def read(data: Path, name: str, into: Path) -> Path:
    """Read a real file through the register, and return its release folder."""
    folder = into / name
    folder.mkdir()
    check(REGISTER, data / "registers" / "procurement" / FILES[name], folder)
    return folder
