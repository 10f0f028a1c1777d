"""Write what an accepted import brings: the archive's debate, its contributions, what their sources say of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from parvis.core.actors import actions as actors
from parvis.core.analyzer import found_by
from parvis.core.ledger import actions as ledger
from parvis.core.processes import kinds, orders, subjects
from parvis.core.processes.importing.archives import Archive, Progress, untold
from parvis.core.processes.importing.judging import Depths, Row
from parvis.core.processes.importing.models import Draft, SourceNotice
from parvis.core.processes.models import Contribution, Edition, Phase, Process, UnitCount
from parvis.core.processes.procedures import procedure_named

BLOCK = 500  # contributions written at once
INSERT_LEXEME = "INSERT INTO processes_lexeme (process_id, contribution_id, word) VALUES (%s, %s, %s)"


@transaction.atomic
def make_archive(*, archive: Archive, draft: Draft, at: datetime) -> Process:
    """Make the debate of an archive: over, and opening no act."""
    body = actors.register_organisation(
        slug=archive.organisation, name=archive.organisation_name, at=at, source=archive.source
    )
    opens_at, closes_at = datetime.fromisoformat(archive.opened_on), datetime.fromisoformat(archive.closed_on)
    process = Process.objects.create(
        slug=archive.slug,
        procedure=archive.procedure,
        title=archive.title,
        summary=archive.summary,
        subject=archive.about(is_fictitious=draft.is_fictitious),
        subject_version=archive.subject_version,
        organisation=body,
        metadata={**archive.metadata, "compared": draft.compared},
        is_published=True,
        is_archive=True,
        is_fictitious=draft.is_fictitious,
        source=archive.source,
        licence=archive.licence,
        created_at=at,
        opens_at=opens_at,
        closes_at=closes_at,
        words=f" {' '.join(sorted(found_by(f'{archive.title} {archive.summary}')))} ",
    )
    step = procedure_named(archive.procedure).steps[0]
    Phase.objects.create(
        process=process, step=step.slug, title=step.title, position=1, opens_at=opens_at, closes_at=closes_at
    )
    content = {"title": process.title, "source": process.source, "licence": process.licence}
    ledger.append(kind="archive.made", stream=process.stream, key=process.slug, content=content, at=at)
    return process


@dataclass
class Entering:
    """Rows on their way into a debate."""

    process: Process
    phase: Phase
    title: str  # of the import: the source of what no other source says
    replies: Counter[str]
    at: datetime
    known: dict[str, Contribution] = field(default_factory=dict)

    def contribution(self, row: Row) -> Contribution:
        """Return a row as a contribution, numbered; what a source counted stands on an archive's only."""
        self.process.received += 1
        number, process = self.process.received, self.process
        # What an archive's source does not date stays without a date; what enters a live debate enters it now.
        received = row.received_at or (None if process.is_archive else self.at)
        gist = kinds.gist(_asked(process, row), row.fields)
        return Contribution(
            process=process,
            phase=self.phase,
            number=number,
            draw=orders.draw(process.slug, number),
            kind=row.kind,
            title=gist.title[:300],
            excerpt=gist.excerpt,
            side=gist.side,
            parent=self.known.get(row.parent),
            unit=row.unit,
            unit_version=process.subject_version if row.unit else "",
            author_name=row.author,
            received_at=received,
            changed_at=received,
            replies=self.replies[row.key],
            **(row.votes if process.is_archive else {}),
        )

    def notices(self, row: Row, one: Contribution) -> Iterator[SourceNotice]:
        """Yield what each source says of a row; the votes of a live debate's import are told here, and only here."""
        if any(row.votes.values()) and not self.process.is_archive:
            yield SourceNotice(contribution=one, source=self.title, reference=row.key, said=dict(row.votes))
        for notice in row.notices:
            said = dict(notice)
            source, reference = str(said.pop("source", self.title)), str(said.pop("reference", row.key))
            yield SourceNotice(contribution=one, source=source[:300], reference=reference[:120], said=said)


@transaction.atomic
def enter(
    *, process: Process, rows: Sequence[Row], title: str, at: datetime, progress: Progress = untold
) -> tuple[int, int]:
    """Publish rows as contributions, each after the one it bears on; return the first number and the last."""
    process = Process.objects.select_for_update(of=("self",)).get(pk=process.pk)
    first = process.received + 1
    replies = Counter(row.parent for row in rows if row.parent)
    entering = Entering(process, process.phases.order_by("position").first(), title, replies, at)
    for block in blocks(rows):
        made = [entering.contribution(row) for row in block]
        Contribution.objects.bulk_create(made)
        entering.known |= {row.key: one for row, one in zip(block, made, strict=True)}
        _write_details(entering, list(zip(block, made, strict=True)))
        progress(len(entering.known), len(rows))
    process.save(update_fields=["received"])
    _count(process, list(entering.known.values()))
    content = {"title": title, "first": first, "last": process.received}
    ledger.append(kind="import.entered", stream=process.stream, key=process.slug, content=content, at=at)
    return first, process.received


def blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Give rows by depth, then in their order: parents are written before their children."""
    depths = Depths({row.key: row for row in rows})
    levels: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        levels[depths.of(row.key) or 0].append(row)
    for _, level in sorted(levels.items()):
        for start in range(0, len(level), BLOCK):
            yield level[start : start + BLOCK]


def _asked(process: Process, row: Row) -> tuple[kinds.Field, ...]:
    return kinds.fields_of(kinds.kind_named(row.kind), process.metadata)


def _write_details(entering: Entering, pairs: Sequence[tuple[Row, Contribution]]) -> None:
    Edition.objects.bulk_create(
        Edition(contribution=one, number=1, fields=dict(row.fields), made_at=one.received_at) for row, one in pairs
    )
    found = (
        (entering.process.pk, one.pk, word)
        for row, one in pairs
        for word in sorted(found_by(kinds.searchable(_asked(entering.process, row), row.fields)))
    )
    # A contribution is found by some thirty words: as many objects would take ten times the time of their rows.
    with connection.cursor() as cursor:
        cursor.executemany(INSERT_LEXEME, list(found))
    SourceNotice.objects.bulk_create(notice for row, one in pairs for notice in entering.notices(row, one))


def _count(process: Process, made: Sequence[Contribution]) -> None:
    """Add what entered to the counts by unit, kind and side."""
    subject = subjects.opened(process.subject, process.subject_version)
    labels = {unit.uid: unit.number for unit in subject.units()} if subject else {}
    counts = Counter((one.unit, one.kind, one.side) for one in made)
    for (unit, kind, side), count in counts.items():
        place = {"process": process, "unit": unit, "kind": kind, "side": side}
        UnitCount.objects.get_or_create(**place, defaults={"label": labels.get(unit, "")})
        UnitCount.objects.filter(**place).update(count=F("count") + count)
