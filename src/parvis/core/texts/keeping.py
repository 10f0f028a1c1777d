"""Edits as JSON, as a version keeps them: whose words, adopted by whom, on what day."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from parvis.core.texts.editing import Edit, Source


def kept(edits: Iterable[Edit]) -> list[dict[str, Any]]:
    """Return edits as a version keeps them."""
    return [{**asdict(edit), "source": _kept_source(edit.source)} for edit in edits]


def _kept_source(source: Source) -> dict[str, Any]:
    return {**asdict(source), "adopted_on": source.adopted_on and source.adopted_on.isoformat()}


def taken(edits: Iterable[Mapping[str, Any]]) -> tuple[Edit, ...]:
    """Return the edits that a version keeps."""
    return tuple(Edit(**{**edit, "source": _source(edit["source"])}) for edit in edits)


def _source(source: Mapping[str, Any]) -> Source:
    adopted = source["adopted_on"]
    return Source(**{**source, "adopted_on": date.fromisoformat(adopted) if adopted else None})
