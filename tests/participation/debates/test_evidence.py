"""What the site holds becomes releases; commitments 12 and 13 count them, and anyone counts them again."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from parvis.core.clock.waiting import median
from parvis.core.registers.checking import check
from parvis.core.undertakings.measuring import measure
from parvis.participation.registers.debates import REGISTER
from parvis.plan.commitments.c12_law_and_cowriting.indicators import INDICATORS as LAW
from parvis.plan.commitments.c13_consultations.indicators import INDICATORS as CONSULTATIONS

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
BY_SLUG = {indicator.slug: indicator for indicator in (*LAW, *CONSULTATIONS)}


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The register's fictitious sample, read as a release."""
    check(REGISTER, REGISTER.folder / "sample.jsonl", tmp_path / "release")
    return tmp_path / "release"


def value(slug: str, folder: Path) -> float | None:
    return measure(BY_SLUG[slug], {"debates": [folder]}).value


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("textes-ouverts", 1),
        ("articles-ouverts", 2),
        ("redactions-avec-un-sort", 50),
        ("mots-adoptes-avec-source", 3),
        ("debats-recenses", 2),
        ("fiches-completes", 65),  # ten of ten, and three of ten: title, opening, territory
        ("contributions-avec-un-sort", 100 / 3),
        ("taux-de-reponse", 200 / 3),
        ("delai-median", 45),
    ],
)
def test_each_number_is_that_of_the_sample_counted_by_hand(sample: Path, slug: str, expected: float) -> None:
    assert value(slug, sample) == pytest.approx(expected)


@pytest.mark.parametrize(
    "waits",
    [
        [(10, True), (20, True), (30, False)],
        [(10, True), (10, False), (10, False)],
        [(5, True), (5, True), (7, False), (9, True), (9, False), (40, True)],
        [(3, False), (8, False)],
        [(4, True), (6, True), (8, True), (9, True)],
    ],
    ids=["two of three", "never half", "mixed", "silence", "exactly half"],
)
def test_the_median_in_sql_is_the_clocks_median(tmp_path: Path, waits: list[tuple[int, bool]]) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC).date()
    # Whoever still waits on the day of the situation has waited since that many days before.
    today = start + timedelta(days=100)
    rows = [
        {
            "table": "contributions",
            "id": f"d/{n}",
            "debate": "d",
            "number": n,
            "state": "published",
            "waits_since": str(start if answered else today - timedelta(days=days)),
            "due_on": str(today),
            "answered_on": str(start + timedelta(days=days)) if answered else "",
        }
        for n, (days, answered) in enumerate(waits, 1)
    ]
    path = tmp_path / "d.jsonl"
    lines = [{"table": "days", "on_day": str(today)}, *rows]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    check(REGISTER, path, tmp_path / "release")

    expected = median([d for d, answered in waits if answered], [d for d, answered in waits if not answered])
    assert value("delai-median", tmp_path / "release") == expected


@pytest.fixture
def debate(db: None):
    """A co-writing debate on the fictitious draft: two wordings, one adopted and consolidated."""
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions as processes
    from parvis.core.texts import actions as texts
    from parvis.core.texts.kinds import TEXT_KINDS

    kind = TEXT_KINDS.filled()["draft"]
    (text,) = [texts.publish_text(read=read, at=AT) for read in kind.read(kind.folder / kind.sample)]
    body = actors.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=AT)
    return processes.open_process(
        procedure="cowriting",
        slug="essai",
        title="Essai",
        summary="Essai.",
        organisation=body,
        subject=text.stream,
        subject_version="mis-en-consultation",
        starts_at=AT,
        at=AT,
    )


def contribute(debate, name: str, after: str):
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions as processes
    from parvis.core.processes import subjects

    unit = subjects.opened(debate.subject, debate.subject_version).units()[0]
    author = actors.open_account(email=f"{name}@parvis.example", public_name=name, password="un bon mot", at=AT)
    return processes.contribute(
        process=debate,
        kind="wording",
        fields={"title": "T", "wording": f"{unit.words} {after}", "reason": "R"},
        author=author,
        unit=unit.uid,
        unit_version=debate.subject_version,
        at=AT,
    )


def test_an_adopted_wording_moves_the_commitments(debate) -> None:
    from parvis.core.actors import actions as actors
    from parvis.core.processes.answering import actions as answering
    from parvis.core.processes.answering.assigning import actions as assigning
    from parvis.participation import actions as participation
    from parvis.participation.registers.debates.evidence import actions as evidence

    adopted, silent = contribute(debate, "Camille", "Trois mots neufs."), contribute(debate, "Sacha", "Autre chose.")
    closed = debate.phases.get(step="writing").closes_at
    assigning.assign_due(process=debate, at=closed)
    adopted.refresh_from_db()
    person = actors.open_account(email="agente@parvis.example", public_name="Agente d'essai", password="mot", at=AT)
    agent = actors.grant_mandate(
        actor=person, role="agent", organisation=debate.organisation, starts_on=AT.date(), at=AT
    )
    words = [{"contribution": adopted.number, "unit": adopted.unit, "words": adopted.editions.get().fields["wording"]}]
    later = closed + timedelta(days=3)
    answering.answer(
        contributions=[adopted], fate="adopted", reasons="Plus clair.", words=words, mandate=agent, at=later
    )
    participation.consolidate(process=debate, mandate=None, at=later)
    (release,) = evidence.refresh(at=later)

    assert silent.number == 2
    assert value("mots-adoptes-avec-source", release.folder) == 3
    assert value("redactions-avec-un-sort", release.folder) == 50
    assert value("contributions-avec-un-sort", release.folder) == 50
    assert value("taux-de-reponse", release.folder) == 100
    found = duckdb.connect().execute(f"select contribution from '{release.folder}/words.parquet'").fetchall()
    assert set(found) == {("essai/1",)}


def test_the_same_site_gives_the_same_release(debate, settings) -> None:
    from parvis.participation.registers.debates.evidence import actions as evidence

    (Path(settings.PARVIS_HOME) / "exports" / "evidence.state").unlink(missing_ok=True)
    (first,) = evidence.refresh(at=AT)

    assert evidence.refresh(at=AT + timedelta(days=9)) == [first]
    assert evidence.refresh_changed(at=AT) == 1
    assert evidence.refresh_changed(at=AT + timedelta(days=9)) == 0
    contribute(debate, "Camille", "Un mot.")
    assert evidence.refresh_changed(at=AT + timedelta(days=9)) == 1


def test_a_fictitious_debate_is_a_source_of_its_own_and_says_so(debate) -> None:
    from parvis.core.processes.models import Process
    from parvis.participation.registers.debates.evidence import actions as evidence

    Process.objects.update(is_fictitious=True)
    (release,) = evidence.refresh(at=AT)

    assert (release.source, release.fictitious) == ("demonstration", True)


def test_no_author_nor_words_of_a_person_are_in_the_evidence(debate) -> None:
    from parvis.core.processes.models import Process
    from parvis.participation.registers.debates.evidence import actions as evidence

    contribute(debate, "Camille", "Une phrase que je reconnaîtrais.")
    said = str(list(evidence.lines(Process.objects.published(), at=AT)))

    assert "Camille" not in said
    assert "reconnaîtrais" not in said


def test_a_fictitious_debate_beside_real_ones_is_said_where_it_is_shown_and_only_there(client, debate) -> None:
    from parvis.core.processes.models import Process
    from parvis.participation.registers.debates.evidence import actions as evidence

    told = "Le débat de démonstration est fictif ; les nombres des engagements 12 et 13 le comptent."
    pages = "/", "/debats/", "/registres/debates/", "/journal/", "/registres/", "/plan-du-site/"

    def said(sentence: str) -> list[bool]:
        return [sentence in client.get(page).content.decode() for page in pages]

    Process.objects.update(is_fictitious=True)
    evidence.refresh(at=AT)
    assert said("inventées pour la démonstration : Débats publics") == [True] * 6
    Process.objects.update(is_fictitious=False)
    evidence.refresh(at=AT + timedelta(days=1))
    assert said(told) == [True, True, True, False, False, False]
    assert said("Elles sont inventées pour la démonstration") == [False] * 6
