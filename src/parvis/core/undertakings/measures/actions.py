"""Freeze the measures of a plan, find them again, and publish the review made of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from parvis.core.actors import actions as actors
from parvis.core.actors.models import Mandate
from parvis.core.errors import ParvisError
from parvis.core.french import day
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.registers.models import Release, shelter
from parvis.core.undertakings import declared, measuring, queries
from parvis.core.undertakings.indicators import Indicator
from parvis.core.undertakings.models import Measure, Plan, Review


class ReviewExists(ParvisError):
    """A second review would bear the day of another."""


@dataclass(frozen=True)
class Taken:
    """An indicator read over the current releases, not yet frozen."""

    number: int
    indicator: Indicator
    releases: Mapping[str, list[Release]]
    reading: measuring.Reading


EVIDENCE: list[Callable[..., object]] = []
"""What the rooms publish anew of this site before it is measured, `refresh(*, at)`: each adds its own as it starts."""


def refresh_evidence(*, at: datetime) -> None:
    """Publish what this site says of itself as it is now, and seal it: numbers name a head that holds their releases.

    Not atomic by itself, as publishing a register is not.
    """
    for refresh in EVIDENCE:
        refresh(at=at)
    ledger.sequence(at=at)


def measure_anew(*, at: datetime, mandate: Mandate | None = None) -> tuple[Measure, ...]:
    """Refresh the site's evidence, then freeze every indicator of the plan."""
    actors.require(mandate, "measure.freeze", at=at)
    refresh_evidence(at=at)
    return measure(at=at, mandate=mandate)


def measure(*, at: datetime, plan: Plan | None = None, mandate: Mandate | None = None) -> tuple[Measure, ...]:
    """Freeze every indicator of the plan, with the releases and the log position it was made from.

    Not atomic by itself: reading a million rows takes seconds, and the database is only held to write.
    """
    actors.require(mandate, "measure.freeze", at=at)
    plan = plan or queries.current_plan()
    return _freeze(plan, _take(plan), at=at)


def _take(plan: Plan) -> list[Taken]:
    said = [(one.number, indicator) for one in declared.commitments(plan.slug) for indicator in one.indicators]
    releases = {slug: list(Release.objects.current(slug)) for _, indicator in said for slug in indicator.registers}
    folders = {slug: [release.folder for release in found] for slug, found in releases.items()}
    readings = measuring.measure_all((indicator, folders) for _, indicator in said)
    return [
        Taken(number, indicator, {slug: releases[slug] for slug in indicator.registers}, reading)
        for (number, indicator), reading in zip(said, readings, strict=True)
    ]


@transaction.atomic
def _freeze(plan: Plan, taken: list[Taken], *, at: datetime) -> tuple[Measure, ...]:
    head = ledger.head()
    return tuple(_freeze_one(plan, one, head, at=at) for one in taken)


def _freeze_one(plan: Plan, taken: Taken, head: ledger.Head | None, *, at: datetime) -> Measure:
    indicator, reading = taken.indicator, taken.reading
    frozen = Measure.objects.create(
        undertaking=plan.undertakings.get(code=str(taken.number)),
        indicator=indicator.slug,
        definition=indicator.public(),
        value=reading.value,
        because=reading.because,
        units=reading.units,
        sql=indicator.sql,
        rows_sql=indicator.rows_sql,
        result_hash=reading.result_hash,
        releases={slug: [_release(release) for release in found] for slug, found in taken.releases.items()},
        log_size=head.size if head else 0,
        log_root=head.root if head else "",
        measured_at=at,
    )
    ledger.append(kind="measure.frozen", stream=plan.stream, key=frozen.key, content=_sealed(frozen), at=at)
    return frozen


def _sealed(frozen: Measure) -> dict[str, Any]:
    """Return what the log says of a measure: enough to see any later change of its row."""
    counted = {name: frozen.function[name] for name in ("name", "source_sha256")} if frozen.function else None
    return {
        **({"function": counted} if counted else {}),
        "indicator": frozen.indicator,
        "value": None if frozen.value is None else measuring.written(frozen.value),
        "units": frozen.units,
        "sql_sha256": measuring.sha256_of(frozen.sql),
        "result_hash": frozen.result_hash,
        "releases": {slug: [release["hash"] for release in found] for slug, found in frozen.releases.items()},
        "log_size": frozen.log_size,
        "log_root": frozen.log_root,
    }


def _release(release: Release) -> dict[str, Any]:
    return {
        "hash": release.hash,
        "source": release.source,
        "source_hash": release.source_hash,
        "loaded_at": release.loaded_at.isoformat(),
        "fictitious": release.fictitious,
    }


def verify_number(*, measure: Measure) -> measuring.Recomputed:
    """Find a frozen number again from its releases' Parquet files alone, and compare its row with what was sealed.

    A function runs as it is written today: where its text has changed since, that is a difference by itself.
    """
    folders: dict[str, list[Path]] = {
        slug: [shelter(slug).release(release["hash"]) for release in found] for slug, found in measure.releases.items()
    }
    function = queries.function_of(measure)
    changes = tuple(measuring.changes_of_function(measure.function, function))
    if measure.function and not function:
        return measuring.Recomputed(measure.reading, None, (*changes, *_unlike_the_log(measure)))
    again = measuring.recompute(measure.reading, measure.sql, folders, function)
    return replace(again, differences=(*changes, *again.differences, *_unlike_the_log(measure)))


def _unlike_the_log(measure: Measure) -> Iterator[str]:
    entry = Entry.objects.about(stream=measure.undertaking.stream, key=measure.key).first()
    said = entry.content if entry and not entry.is_erased else {}
    for name, value in _sealed(measure).items():
        if said.get(name) != value:
            yield f"Le journal a scellé une autre valeur de « {name} » : {said.get(name)}, au lieu de {value}."


def publish_alone(_review: Review) -> None:
    """Put nothing to comments."""


def open_review(
    *,
    at: datetime,
    title: str = "",
    plan: Plan | None = None,
    mandate: Mandate | None = None,
    then: Callable[[Review], object] = publish_alone,
) -> Review:
    """Freeze all measures at this instant, and publish the report made of them.

    `then` is called with the review in the same transaction: what it opens is there with the review, or neither is.
    """
    actors.require(mandate, "review.open", at=at)
    plan = plan or queries.current_plan()
    slug = f"revue-{localdate(at):%Y-%m-%d}"
    if Review.objects.filter(slug=slug).exists():
        raise ReviewExists(
            f"Une revue porte déjà ce jour : « {slug} ». Lisez-la, ou ouvrez la prochaine un autre jour."
        )
    review = Review(plan=plan, slug=slug, title=title or f"Revue du {day(at)}", opened_at=at, mandate=mandate)
    return _publish(review, _take(plan), then, at=at)


@transaction.atomic
def _publish(review: Review, taken: list[Taken], then: Callable[[Review], object], *, at: datetime) -> Review:
    measures = _freeze(review.plan, taken, at=at)
    review.report = queries.report(review.plan, measures, on=localdate(at))
    review.save()
    review.measures.set(measures)
    content = {
        "title": review.title,
        "report_sha256": measuring.sha256_of_json(review.report),
        "measures": [one.key for one in measures],
        "by": actors.role_of(review.mandate),
    }
    ledger.append(kind="review.opened", stream=review.plan.stream, key=review.slug, content=content, at=at)
    then(review)
    return review
