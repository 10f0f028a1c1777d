"""Results written as OpenFisca's web API writes them in JSON."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from parvis.core.simulators.contract import Array, Columns
from parvis.core.simulators.payloads import AXES, Object, Situation, WrongPayload


def said(values: Array) -> list[Any]:
    """Write values as JSON has them: a single-precision number with its own digits, as OpenFisca writes it.

    What is no number is None.
    """
    if values.dtype.kind == "f":
        return [float(str(value)) if math.isfinite(value) else None for value in values]
    if values.dtype.kind == "M":
        return [str(value) for value in values.astype("datetime64[D]")]
    return list(values.tolist())


def answered(said_whole: Object, situation: Situation, found: Mapping[str, Columns]) -> Object:
    """Return the payload with its nulls replaced; `found` gives the results by period. Along axes, by a list."""
    whole = {plural: _copied(rows) if plural != AXES and rows else rows for plural, rows in said_whole.items()}
    for wish in situation.wishes:
        plural, name, field, written = wish.path
        columns = found[wish.period]
        array = situation.values(columns, wish.entity, wish.row, (wish.field, wish.period))
        values = [_day(day) for day in said(array)] if array.dtype.kind == "M" else said(array)
        if None in values:
            raise WrongPayload(
                wish.path, "le modèle ne trouve pas de nombre (il divise par zéro) : changez la situation."
            )
        whole[plural][name][field][written] = values if situation.copies > 1 else values[0]
    for (plural, name, field, written), value in situation.settled:
        whole[plural][name][field][written] = [value] * situation.copies if situation.copies > 1 else value
    return whole


def _day(said: str) -> str:
    """Write a day as OpenFisca's server does: an HTTP date."""
    return format_datetime(datetime.fromisoformat(said).replace(tzinfo=UTC), usegmt=True)


def _copied(rows: Object) -> Object:
    return {
        name: {key: dict(values) if isinstance(values, dict) else values for key, values in row.items()}
        for name, row in rows.items()
    }
