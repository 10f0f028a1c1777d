"""The inventory of public models says where each fact comes from; what this site runs is counted from its engines."""

import csv
from datetime import UTC, datetime

import pytest

from parvis.commons.registers.public_models import FOLDER, REGISTER
from parvis.commons.registers.public_models.evidence import actions as evidence
from parvis.commons.registers.public_models.reading import RUNNABLE
from parvis.core.registers import actions as registers
from parvis.core.registers.asking import shared
from parvis.core.registers.models import current_folders
from parvis.core.simulators.engines import ENGINES
from parvis.plan.commitments.c16_open_models.indicators import INDICATORS

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def inventory():
    with (FOLDER / "inventory.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_model_has_its_source(inventory):
    assert [row["id"] for row in inventory if not row["source"].startswith("https://")] == []
    assert len({row["id"] for row in inventory}) == len(inventory) >= 20


def test_what_is_not_known_of_a_model_is_said(inventory):
    silent = [row["id"] for row in inventory if not (row["opened"] and row["opened_on"] and row["licence"])]

    assert [row["id"] for row in inventory if row["id"] in silent and not row["unknown"]] == []


def test_each_declared_engine_has_its_row(inventory):
    assert sorted(row["engine"] for row in inventory if row["engine"]) == sorted(ENGINES.filled())


def test_commitment_16_counts_what_is_listed_open_run_and_passed(db, fair, data):
    source = REGISTER.sources[1]
    registers.publish(register=REGISTER, source=source.slug, path=FOLDER / "inventory.csv", at=AT)
    release = evidence.refresh(at=AT)
    asked = shared(current_folders()).cursor()
    found = {
        one.slug: asked.execute(f"select {one.value} from ({one.question.read_text()})").fetchone()[0]
        for one in INDICATORS
    }

    assert found["modeles-recenses"] >= 20
    assert 50 < found["modeles-ouverts"] < 100
    assert found["modeles-executables"] >= 1
    assert found["cas-officiels-reussis"] in {None, 100.0}
    assert evidence.refresh(at=AT) == release


def test_cases_that_no_author_published_are_listed_apart_and_not_counted(db, tmp_path):
    known = {"room": "commons", "version": "1", "digest": "00", "engine_licence": "MIT", "is_installed": "oui"}
    ours = {"engine": "climat", "cases_passed": 12, "cases_total": 12, "cases_published": "non"}
    theirs = {"engine": "impots", "cases_passed": 9, "cases_total": 10, "cases_published": "oui"}
    path = tmp_path / "moteurs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, RUNNABLE)
        table.writeheader()
        for one in (ours, theirs):
            table.writerow({**known, **one, "title": one["engine"], "cases_whole": "oui", "cases_on": "2026-11-23"})
    registers.publish(register=REGISTER, source=REGISTER.sources[0].slug, path=path, at=AT)
    passed = next(one for one in INDICATORS if one.slug == "cas-officiels-reussis")
    asked = shared(current_folders()).cursor()

    rows = asked.execute(f"select moteur, publies from ({passed.question.read_text()})").fetchall()
    value = asked.execute(f"select {passed.value} from ({passed.question.read_text()})").fetchone()[0]

    assert rows == [("climat", False), ("impots", True)]
    assert value == 90.0


def test_an_engine_with_cases_says_who_made_them():
    declared = ENGINES.filled().values()

    assert [one.slug for one in declared if bool(one.cases) != bool(one.cases_by)] == []
    assert [one.slug for one in declared if one.cases_published] == ["openfisca"]


def test_an_engine_that_is_not_installed_is_said_so(db):
    said = {line["engine"]: line["is_installed"] for line in evidence.lines()}

    assert set(said) == set(ENGINES.filled())
    assert set(said.values()) <= {"oui", "non"}
