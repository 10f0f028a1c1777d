"""A population computed part by part, several parts in flight; each part is kept until the whole is written.

A part is kept under its rank, the identity of its run and a hash of its identifiers: what was interrupted is taken up
again by the same command, and a file, a model or a change that is no longer the same gives other names: other parts.
Two parts of equal values are one run, and yet two parts. With changes, a part is computed without them too.
"""

import hashlib
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from parvis.core.errors import ParvisError
from parvis.core.simulators.comparing import AMOUNTS, Balance, balance
from parvis.core.simulators.contract import Array, Card, Change, Entity
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.populations.chunks import Chunk

AHEAD: Final = 1
"""Parts read and waiting, beside those that the engine's processes compute."""


BEFORE, AFTER = "_avant", "_apres"
Written: TypeAlias = Mapping[tuple[str, str], Array]
"""A part's results, by output and side: "" where there is but one."""


class WrongOutput(ParvisError):
    """Results cannot be written where it was asked."""


@dataclass
class Total:
    """What an output is worth over a population, and how many rows have no number."""

    rows: int = 0
    lost: int = 0
    sum: float = 0.0
    low: float = float("inf")
    high: float = float("-inf")

    def add(self, values: Array) -> None:
        """Count the values of a part."""
        found = values.astype(np.float64)
        found = found[np.isfinite(found)]
        self.rows, self.lost = self.rows + len(values), self.lost + len(values) - len(found)
        if len(found):
            self.sum += float(found.sum())
            self.low, self.high = min(self.low, float(found.min())), max(self.high, float(found.max()))


@dataclass
class Progress:
    """How far a simulation is."""

    rows: int = 0  # of the file
    computed: int = 0  # parts
    kept: int = 0  # parts that were there already
    counts: dict[str, int] = field(default_factory=dict)  # rows of each entity
    totals: dict[str, Total] = field(default_factory=dict)  # by column written
    balances: dict[str, Balance] = field(default_factory=dict)  # by output, where there are changes


@dataclass(frozen=True)
class Simulation:
    """What is asked of every part of a population, and where its results go."""

    known: Host
    outputs: tuple[str, ...]
    period: str
    changes: tuple[Change, ...]
    target: Path

    @property
    def parts(self) -> Path:
        return self.target.with_name(f"{self.target.name}.parts")

    def check(self) -> None:
        """Refuse a target that cannot be written. Raises WrongOutput."""
        if self.target.suffix.lower() not in {".csv", ".parquet"}:
            raise WrongOutput(f"« {self.target.name} » : les résultats s'écrivent en .csv ou en .parquet.")
        if not self.target.parent.is_dir():
            raise WrongOutput(f"Le dossier « {self.target.parent} » n'existe pas : créez-le, ou écrivez ailleurs.")

    def run(self, chunks: Iterable[Chunk], progress: Progress, tell: Callable[[Progress], None]) -> None:
        """Compute every part, then write the results. What is interrupted is kept in `parts`."""
        self.parts.mkdir(exist_ok=True)
        done = [self._finished(one, progress, tell) for one in self._in_flight(chunks)]
        self._join(done)
        shutil.rmtree(self.parts)

    def _in_flight(self, chunks: Iterable[Chunk]) -> Iterator["Pending"]:
        """Yield parts in their order, each once computed, the next ones being computed meanwhile."""
        most = self.known.declared.processes + AHEAD
        waiting: deque[Pending] = deque()
        with ThreadPoolExecutor(most) as pool:
            for rank, chunk in enumerate(chunks, 1):
                waiting.append(self._begun(rank, chunk, pool))
                if len(waiting) >= most:
                    yield waiting.popleft()
            yield from waiting

    def _begun(self, rank: int, chunk: Chunk, pool: ThreadPoolExecutor) -> "Pending":
        asked = Asked(self.known.declared.slug, chunk.table, self.outputs, self.period, self.changes)
        sides = len(self._sides())
        path = self.parts / f"{rank:06}-{self.known.identity(asked)}-{ids_hash(chunk)}-{sides}.parquet"
        return Pending(chunk, path, None if path.exists() else pool.submit(self._computed, asked))

    def _sides(self) -> tuple[str, ...]:
        """Return what ends the names of columns: one side, or before and after the changes."""
        return (BEFORE, AFTER) if self.changes else ("",)

    def _computed(self, asked: Asked) -> Written:
        """Compute a part, on each side."""
        found = {}
        for side in self._sides():
            changes = () if side == BEFORE else asked.changes
            for (name, _), values in self.known.evaluate(replace(asked, changes=changes)).columns.items():
                found[name, side] = values
        return found

    def _finished(self, one: "Pending", progress: Progress, tell: Callable[[Progress], None]) -> Path:
        """Write a part's results beside the others, whole or not at all, and count it."""
        if one.future is None:
            written = pq.read_table(one.path)
        else:
            written = self._results(one.chunk, one.future.result())
            pq.write_table(written, one.path.with_suffix(".tmp"), use_dictionary=False, compression="none")
            one.path.with_suffix(".tmp").rename(one.path)
        progress.computed += one.future is not None
        progress.kept += one.future is None
        self._count(one.chunk, written, progress)
        tell(progress)
        return one.path

    def _count(self, chunk: Chunk, written: pa.Table, progress: Progress) -> None:
        for key, rows in chunk.table.entities.items():
            progress.counts[key] = progress.counts.get(key, 0) + rows.count
        progress.rows += chunk.rows
        for name, firsts in self._firsts(chunk).items():
            sides = {f"{name}{side}": written.column(f"{name}{side}").to_numpy() for side in self._sides()}
            once = {column: values if firsts is None else values[firsts] for column, values in sides.items()}
            if all(values.dtype.kind in "biuf" for values in once.values()):
                self._add(name, once, progress)

    def _add(self, name: str, columns: Mapping[str, Array], progress: Progress) -> None:
        """Add a part's numbers to the totals, and its two sides to who gains and who loses."""
        for column, values in columns.items():
            progress.totals.setdefault(column, Total()).add(values)
        if self.changes and self.known.fields()[name].type in AMOUNTS:
            progress.balances[name] = progress.balances.get(name, Balance()) + balance(*columns.values())

    def _firsts(self, chunk: Chunk) -> Mapping[str, Array | None]:
        """Return, of each output, the written rows that count its entity's rows once each; None: all of them."""
        place = self._place()
        groups = chunk.table.entities[place].groups
        entities = {name: self.known.fields()[name].entity for name in self.outputs}
        return {
            name: None if entity == place else np.unique(groups[entity].rows, return_index=True)[1]
            for name, entity in entities.items()
        }

    def _place(self) -> str:
        """Return the entity whose rows are written: that of the outputs, or the persons where they have several."""
        entities = {self.known.fields()[name].entity for name in self.outputs}
        return entities.pop() if len(entities) == 1 else persons(self.known.card()).key

    def _results(self, chunk: Chunk, columns: Written) -> pa.Table:
        """Make the rows to write: identifiers, then outputs; a group's is repeated on the rows of its persons."""
        place = self._place()
        found: dict[str, pa.Array] = {place: chunk.ids[place]}
        groups = chunk.table.entities[place].groups
        for key, members in groups.items():
            found[key] = chunk.ids[key].take(pa.array(members.rows))
        for (name, side), values in columns.items():
            entity = self.known.fields()[name].entity
            whole = values if entity == place else values[groups[entity].rows]
            found[f"{name}{side}"] = pa.array(whole.astype(object) if whole.dtype.kind == "U" else whole)
        return pa.table(found)

    def _join(self, parts: Sequence[Path]) -> None:
        """Write the results of all parts, in their order; the target appears whole."""
        fresh = self.target.with_name(f"{self.target.name}.tmp")
        schema = pq.read_schema(parts[0])
        is_csv = self.target.suffix.lower() == ".csv"
        with pacsv.CSVWriter(fresh, schema) if is_csv else pq.ParquetWriter(fresh, schema) as writer:
            for part in parts:
                writer.write_table(pq.read_table(part))
        fresh.rename(self.target)


@dataclass(frozen=True)
class Pending:
    """A part that is being computed, or was kept."""

    chunk: Chunk
    path: Path
    future: Future[Written] | None


def ids_hash(chunk: Chunk) -> str:
    """Hash the identifiers of a part's rows: they are written beside its results, and no run knows them."""
    digest = hashlib.sha256()
    for entity, ids in sorted(chunk.ids.items()):
        digest.update(f"{entity} {ids.type} {len(ids)}".encode())
        digest.update(pa.RecordBatch.from_arrays([ids], [entity]).serialize())
    return digest.hexdigest()[:16]


def persons(card: Card) -> Entity:
    """Return the entity of persons, or the only one."""
    return next(entity for entity in card.entities if not entity.roles)
