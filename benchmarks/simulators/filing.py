"""A population as files: the Parquet that `parvis simulate` reads, the arrays that stock reads."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from payloads import YEAR

from parvis.core.simulators.contract import Table

KEYS = {
    "famille": ("demandeur", "conjoint", "enfant"),
    "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
    "menage": ("personne_de_reference", "conjoint", "enfant", "autre"),
}


@dataclass(frozen=True)
class Population:
    """Households whose persons are ordered by household, then by tax unit."""

    table: Table

    @cached_property
    def order(self) -> Any:
        groups = self.table.entities["individu"].groups
        return np.lexsort((groups["foyer_fiscal"].rows, groups["menage"].rows))

    def rows(self, entity: str) -> Any:
        return self.table.entities["individu"].groups[entity].rows[self.order]

    def keys(self, entity: str) -> Any:
        """Return each person's role; the second parent, or the second who declares, is the partner."""
        said = self.table.entities["individu"].groups[entity].roles[self.order]
        if entity == "menage":
            return np.array(KEYS[entity])[said]
        rows = self.rows(entity)
        is_second = (said == 0) & (np.diff(rows, prepend=-1) == 0)
        return np.array(KEYS[entity])[np.where(said == 1, 2, np.where(is_second, 1, 0))]

    def columns(self, entity: str) -> dict[tuple[str, str], Any]:
        """Return an entity's fields; what is the same each month, and is no number, is said once for the year."""
        rows, found = self.table.entities[entity], {}
        for (name, period), values in rows.columns.items():
            is_told_once = len(period) == 7 and values.dtype.kind in "Ub"
            if not (is_told_once and (name, YEAR) in found):
                kept = values[self.order] if entity == "individu" else values
                found[name, YEAR if is_told_once else period] = kept
        return found

    def parquet(self, path: Path) -> Path:
        """Write one row a person."""
        found: dict[str, Any] = {}
        for entity in KEYS:
            found[entity], found[f"{entity}.role"] = self.rows(entity), pa.array(self.keys(entity)).dictionary_encode()
            for (name, period), values in self.columns(entity).items():
                found[f"{name}:{period}"] = column(values[self.rows(entity)])
        for (name, period), values in self.columns("individu").items():
            found[name if period == "ETERNITY" else f"{name}:{period}"] = column(values)
        pq.write_table(pa.table(found), path)
        return path

    def arrays(self, path: Path, first: int, last: int) -> Path:
        """Write some households for stock."""
        persons = (self.rows("menage") >= first) & (self.rows("menage") < last)
        found: dict[str, Any] = {"menage.count": np.array(last - first)}
        kept = {"individu": np.flatnonzero(persons)}
        for entity in KEYS:
            rows = self.rows(entity)[persons]
            kept[entity] = np.unique(rows)
            found[f"individu.{entity}.rows"] = rows - rows.min()
            found[f"individu.{entity}.keys"] = self.keys(entity)[persons]
        for entity, places in kept.items():
            for (name, period), values in self.columns(entity).items():
                # As OpenFisca's web API does: a year is divided by twelve once in single precision, not before.
                is_number = values.dtype.kind == "f"
                found[f"{entity}/{name}@{period}"] = values[places].astype("f4" if is_number else values.dtype)
        np.savez(path, **found)
        return path


def column(values: Any) -> pa.Array:
    made = pa.array(values)
    return made.dictionary_encode() if pa.types.is_string(made.type) else made
