"""A model that only computes: it cannot explain, ask, or show cases of its own."""

from dataclasses import replace
from pathlib import Path

from core.simulators.hosting.engines.tiny import Tiny
from parvis.core.simulators.contract import Columns, Field, Table


class Plain:
    """Gives back what is earned."""

    card = replace(Tiny.card, engine="plain")

    def fields(self) -> list[Field]:
        return Tiny().fields()

    def evaluate(self, table: Table, outputs, period, changes=()) -> Columns:
        return {("benefit", period): table.entities["person"].columns[("earned", period)]}


def load(_prepared: Path) -> Plain:
    return Plain()
