"""The acts on texts: publish one, publish a version, note what refers to what. A version is never edited."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max

from parvis.core.actors import actions as actors
from parvis.core.actors.models import Mandate
from parvis.core.analyzer import found_by
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.texts import changing, documents, relating
from parvis.core.texts.kinds import ReadText, ReadVersion
from parvis.core.texts.models import Passage, Reference, Text, Unit, UnitLexeme, Version, Wording

ROWS_A_STATEMENT = 400
"""Below SQLite's limit of variables in a statement, whatever the table."""

OF_UNITS = "articles"
"""The key of a text's metadata under which a reader says something of each unit; it is kept with the unit."""

Progress = Callable[[int, int], None]


class VersionIsSealed(ParvisError):
    """A version would be published again with other words."""


class UnknownParent(ParvisError):
    """A version says that it follows one that is not published."""


class EmptyVersion(ParvisError):
    """A version without a unit."""


def untold(_done: int, _total: int) -> None:
    """Tell nobody how far the publication is."""


# Publishing


@transaction.atomic
def publish_text(
    *,
    read: ReadText,
    at: datetime,
    mandate: Mandate | None = None,
    is_fictitious: bool = False,
    progress: Progress = untold,
) -> Text:
    """Publish a text and the versions of it that are not published yet; done again, it changes nothing."""
    actors.require(mandate, "text.publish", at=at)
    text = _described(read, is_fictitious=is_fictitious, at=at, mandate=mandate)
    known = {version.slug: version for version in text.versions.all()}
    for done, said in enumerate(read.versions, start=1):
        if said.slug in known:
            _refuse_other_words(known[said.slug], said.document)
        else:
            parents = [_parent(known, slug) for slug in said.parents]
            known[said.slug] = _publish(text, said, parents, edits=(), at=at, mandate=mandate)
        progress(done, len(read.versions))
    _say_of_units(text, read.metadata.get(OF_UNITS, {}))
    _index(text)
    return text


@transaction.atomic
def publish_version(
    *,
    text: Text,
    document: documents.Document,
    slug: str,
    title: str,
    at: datetime,
    dated: date | None = None,
    author: str = "",
    basis: str = "",
    parents: Sequence[Version] = (),
    edits: Sequence[Mapping[str, Any]] = (),
    mandate: Mandate | None = None,
) -> Version:
    """Publish the next version of a text. The same words under the same slug give the version that is there."""
    actors.require(mandate, "text.publish", at=at)
    known = text.versions.filter(slug=slug).first()
    if known is not None:
        _refuse_other_words(known, document)
        return known
    said = ReadVersion(slug, title, document, dated, author, basis)
    version = _publish(text, said, parents, edits=edits, at=at, mandate=mandate)
    _index(text)
    return version


def _described(read: ReadText, *, is_fictitious: bool, at: datetime, mandate: Mandate | None) -> Text:
    facts = {
        "kind": read.kind,
        "title": read.title,
        "short_title": read.short_title,
        "metadata": {key: value for key, value in read.metadata.items() if key != OF_UNITS},
        "source": read.source,
        "licence": read.licence,
        "is_fictitious": is_fictitious,
    }
    text = Text.objects.filter(slug=read.slug).first()
    kind = "text.described" if text else "text.published"
    if text is None:
        text = Text(slug=read.slug)
    elif all(getattr(text, name) == value for name, value in facts.items()):
        return text
    for name, value in facts.items():
        setattr(text, name, value)
    text.full_clean()
    text.save()
    content = {"title": text.title, "kind": text.kind, "source": text.source, "by": actors.role_of(mandate)}
    ledger.append(kind=kind, stream=text.stream, key="", content=content, at=at)
    return text


def _say_of_units(text: Text, said: Mapping[str, Any]) -> None:
    changed = [unit for unit in text.units.all() if unit.facts != said.get(unit.uid, {})]
    for unit in changed:
        unit.facts = said.get(unit.uid, {})
    Unit.objects.bulk_update(changed, ["facts"], batch_size=ROWS_A_STATEMENT // 4)


def _refuse_other_words(version: Version, document: documents.Document) -> None:
    if version.sha256 != document.sha256:
        raise VersionIsSealed(
            f"La version « {version.slug} » est déjà publiée avec d'autres mots ({version.sha256[:12]}, et non "
            f"{document.sha256[:12]}) : elle est scellée. Publiez une version nouvelle, sous un autre identifiant."
        )


def _parent(known: Mapping[str, Version], slug: str) -> Version:
    if slug not in known:
        raise UnknownParent(
            f"Une version dit suivre « {slug} », qui n'est pas publiée : publiez d'abord celle-là, ou corrigez le nom."
        )
    return known[slug]


def _publish(
    text: Text,
    said: ReadVersion,
    parents: Sequence[Version],
    *,
    edits: Sequence[Mapping[str, Any]],
    at: datetime,
    mandate: Mandate | None,
) -> Version:
    if not said.document.passages:
        raise EmptyVersion(f"La version « {said.slug} » n'a pas une seule unité : elle ne se publie pas.")
    before = parents[0].document() if parents else None
    version = Version(
        text=text,
        number=1 + (text.versions.aggregate(last=Max("number"))["last"] or 0),
        slug=said.slug,
        title=said.title,
        step=dict(said.step),
        dated=said.dated,
        author=said.author,
        basis=said.basis,
        edits=list(edits),
        changes=changing.changes(before, said.document),
        sha256=said.document.sha256,
        published_at=at,
    )
    version.full_clean()
    version.save()
    version.parents.set(parents)
    _store_passages(version, said.document)
    content = {
        "title": version.title,
        "dated": version.dated and version.dated.isoformat(),
        "sha256": version.sha256,
        "units": len(said.document.passages),
        "parents": [parent.slug for parent in parents],
        "by": actors.role_of(mandate),
    }
    ledger.append(kind="version.published", stream=text.stream, key=version.slug, content=content, at=at)
    return version


def _store_passages(version: Version, document: documents.Document) -> None:
    units = _units(version.text, [passage.unit for passage in document.passages])
    wordings = _wordings({passage.words for passage in document.passages})
    rows = [
        Passage(
            version=version,
            unit=units[passage.unit],
            wording_id=wordings[passage.words],
            position=position,
            kind=passage.kind,
            number=passage.number,
            heading=passage.heading,
            path=list(passage.path),
            status=passage.status,
        )
        for position, passage in enumerate(document.passages)
    ]
    Passage.objects.bulk_create(rows, batch_size=ROWS_A_STATEMENT)


def _units(text: Text, uids: Sequence[str]) -> dict[str, Unit]:
    known = {unit.uid: unit for unit in text.units.all()}
    fresh = [Unit(text=text, uid=uid) for uid in dict.fromkeys(uids) if uid not in known]
    made = Unit.objects.bulk_create(fresh, batch_size=ROWS_A_STATEMENT)
    return known | {unit.uid: unit for unit in made}


def _wordings(bodies: Collection[str]) -> dict[str, int]:
    """Store words that are not there yet, and return the row of each."""
    hashes = {sha256(body.encode()).hexdigest(): body for body in bodies}
    rows = [Wording(sha256=hash_, body=body) for hash_, body in hashes.items()]
    Wording.objects.bulk_create(rows, batch_size=ROWS_A_STATEMENT, ignore_conflicts=True)
    found = dict(_by_parts(lambda part: Wording.objects.filter(sha256__in=part).values_list("sha256", "pk"), hashes))
    return {body: found[hash_] for hash_, body in hashes.items()}


def _by_parts(ask: Callable[[list[str]], Iterable[tuple[str, int]]], keys: Iterable[str]) -> Iterable[tuple[str, int]]:
    whole = list(keys)
    for start in range(0, len(whole), ROWS_A_STATEMENT):
        yield from ask(whole[start : start + ROWS_A_STATEMENT])


def _index(text: Text) -> None:
    """Let each unit be named and found as it last was."""
    columns = ("unit", "number", "heading", "wording__body")
    passages = Passage.objects.filter(version__text=text).order_by("version__number").values_list(*columns)
    newest = {unit: words for unit, *words in passages}
    UnitLexeme.objects.filter(unit__text=text).delete()
    rows = [UnitLexeme(unit_id=unit, word=word) for unit, said in newest.items() for word in found_by(" ".join(said))]
    UnitLexeme.objects.bulk_create(rows, batch_size=ROWS_A_STATEMENT)
    _name_units(text, {unit: (number, heading) for unit, (number, heading, _) in newest.items()})


def _name_units(text: Text, names: Mapping[int, tuple[str, str]]) -> None:
    """Keep with each unit its newest number and heading: whoever refers to it names it so."""
    renamed = [unit for unit in text.units.all() if (unit.number, unit.heading) != names[unit.pk]]
    for unit in renamed:
        unit.number, unit.heading = names[unit.pk]
    Unit.objects.bulk_update(renamed, ["number", "heading"], batch_size=ROWS_A_STATEMENT // 4)


# What refers to what


@transaction.atomic
def note_references(*, text: Text, other: Text, found: Sequence[relating.Found], at: datetime) -> int:
    """Keep the references found from a text's units to another's, and how each was found. Return how many there are.

    They are computed from published words by a published method: found again, they replace the former ones.
    """
    former = Reference.objects.filter(unit__text=text, target__text=other)
    kept = set(former.values_list("unit__uid", "target__uid", "found_by", "evidence", "weight"))
    if kept == {(one.unit, one.target, one.found_by, one.evidence, one.weight) for one in found}:
        return len(kept)
    former.delete()
    units = {unit.uid: unit for unit in text.units.all()}
    targets = {unit.uid: unit for unit in other.units.all()}
    Reference.objects.bulk_create(
        [
            Reference(
                unit=units[one.unit],
                target=targets[one.target],
                found_by=one.found_by,
                evidence=one.evidence,
                weight=one.weight,
            )
            for one in found
        ],
        batch_size=ROWS_A_STATEMENT,
    )
    content = {"to": other.slug, "count": len(found), "references": [[one.unit, one.target] for one in found]}
    ledger.append(kind="text.related", stream=text.stream, key=other.slug, content=content, at=at)
    return len(found)


@transaction.atomic
def relate(*, text: Text, at: datetime) -> int:
    """Find the references between a text and each code in force, and keep them. Return how many there are.

    A text is a code where its source says which laws made its articles; the others refer to it.
    """
    is_code, others = text.is_code, Text.objects.exclude(pk=text.pk)
    pairs = [(other, text) if is_code else (text, other) for other in others if other.is_code != is_code]
    return sum(
        note_references(text=bill, other=code, found=relating.references(bill.enacted(), code.codified()), at=at)
        for bill, code in pairs
    )
