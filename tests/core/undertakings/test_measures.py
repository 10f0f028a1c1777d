"""A measure is frozen with all that finds it again; a review freezes them all with the report made of them."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from parvis.config.commands import measure
from parvis.core.ledger.models import Entry
from parvis.core.registers.answers import Bounds
from parvis.core.undertakings import measuring
from parvis.core.undertakings.measures import actions as measures
from parvis.core.undertakings.measures.actions import ReviewExists
from parvis.core.undertakings.models import Measure, Milestone, Review, Undertaking

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
COMMITMENT = "/plan/rendre-des-comptes/transparence-depense-et-comptes-publics/engagement-2/"
LATER = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def made(tmp_path_factory, django_db_setup, django_db_blocker):
    """Make a release of 150 fictitious contracts, once: its folder stays, its row does not."""
    from parvis.accountability.registers.procurement.sample import write
    from parvis.core.registers import actions as registers
    from parvis.core.registers.shelf import REGISTERS

    home = tmp_path_factory.mktemp("home")
    sample = write(home / "marches.json", 150)
    with override_settings(PARVIS_HOME=home), django_db_blocker.unblock(), transaction.atomic():
        register = REGISTERS.filled()["procurement"]
        release = registers.publish(register=register, source="essai", path=sample, at=AT, fictitious=True)
        folder = release.folder
        transaction.set_rollback(True)
    return folder, release


@pytest.fixture
def release(db, made, tmp_path, settings):
    """Publish that release in this test's own home."""
    from parvis.core.registers import actions as registers

    settings.PARVIS_HOME = tmp_path
    folder, release = made
    shutil.copytree(folder, release.folder)
    content = json.loads((folder / "manifest.json").read_text())
    return registers.record(content=content, rows=release.rows, hash_=release.hash, at=AT)


@pytest.fixture
def frozen(plan, release, at):
    return {one.indicator: one for one in measures.measure(at=at) if "procurement" in one.releases}


@pytest.fixture
def share(frozen):
    """One number that is a share of the contracts."""
    return frozen["publies-dans-les-deux-mois"]


def test_each_declared_indicator_is_measured_with_its_releases_and_sealed(frozen, release):
    assert len(frozen) >= 5
    for one in frozen.values():
        assert [each["hash"] for each in one.releases["procurement"]] == [release.hash]
        entry = Entry.objects.about(stream="plan/france-2015-2017", key=one.key).get()
        assert entry.kind == "measure.frozen"
        assert entry.content["result_hash"] == one.result_hash
        assert entry.content["sql_sha256"] == measuring.sha256_of(one.sql)
        assert entry.content["releases"] == {"procurement": [release.hash]}


def test_a_number_counts_the_rows_that_its_page_shows(client, share):
    answer = client.get(f"/nombres/{share.pk}/lignes/?format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert len(rows) == share.units > 0
    met = [row["tenu"] == "True" for row in rows if row["tenu"]]
    assert 100 * sum(met) / len(met) == pytest.approx(share.value)


def test_rows_are_paged_without_losing_one(client, share):
    seen, address = [], f"/nombres/{share.pk}/lignes/?format=json"
    while address:
        page = client.get(address).json()
        seen += [tuple(str(cell[0]) for cell in row) for row in page["shown"]]
        following = page["pages"]["next_url"]
        address = following and f"{following}&format=json"
    assert len(seen) == len(set(seen)) == share.units


def test_rows_that_take_too_long_are_given_up_and_the_page_says_what_to_do(client, share, monkeypatch):
    monkeypatch.setattr(measuring, "PATIENCE", Bounds(seconds=0.2))
    share.pk, share._state.adding, share.measured_at = None, True, LATER
    share.rows_sql = "select sum(a.range * b.range) as uid from range(1000000) a, range(1000000) b"
    share.save()
    answer = client.get(f"/nombres/{share.pk}/lignes/")
    assert answer.status_code == 503
    assert "plus de 0,2 secondes" in answer.content.decode()


def test_a_number_is_found_again_from_the_files_alone(frozen):
    for one in frozen.values():
        found = measures.verify_number(measure=one)
        assert found.differences == (), one.indicator
        assert found.found.value == pytest.approx(one.value)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("value", 99.5, "Valeur : 99.5 figée"),
        ("units", 3, "Unités comptées : 3 figées"),
        ("result_hash", "0" * 64, "Empreinte du résultat"),
    ],
)
def test_a_number_changed_behind_the_actions_is_seen(share, column, value, said):
    setattr(share, column, value)  # as if someone had written to the database's file
    found = measures.verify_number(measure=share)
    assert not found.is_equal
    assert any(said in line for line in found.differences)


def test_a_question_changed_with_its_answer_is_seen_in_the_log(share):
    share.sql = "select 100.0 as value, 150 as units"
    share.value, share.units = 100.0, 150
    share.result_hash = measuring.recompute(share.reading, share.sql, {}).found.result_hash
    found = measures.verify_number(measure=share)
    assert any("Le journal a scellé une autre valeur de « sql_sha256 »" in line for line in found.differences)


def test_a_release_changed_on_the_disk_is_seen(share, release):
    path = release.folder / "contracts.parquet"
    path.write_bytes(path.read_bytes() + b"\0")
    (line,) = measures.verify_number(measure=share).differences
    assert line == f"Le fichier contracts.parquet de la version {release.hash} a été modifié."


def test_a_release_that_is_gone_is_said(share, release):
    shutil.rmtree(release.folder)
    (line,) = measures.verify_number(measure=share).differences
    assert "n'est pas là" in line


def test_the_script_finds_the_number_again_on_another_machine(client, share, release, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(release.folder, elsewhere / release.hash)
    answer = client.get(f"/nombres/{share.pk}/recalculer.sql")
    (elsewhere / "recalculer.sql").write_bytes(answer.content)
    run = "import duckdb, sys; print(*duckdb.connect().execute(sys.stdin.read()).fetchone())"
    program = [sys.executable, "-c", run]
    done = subprocess.run(program, cwd=elsewhere, input=answer.content, capture_output=True, timeout=60, check=True)
    value, units = done.stdout.split()
    assert (float(value), int(units)) == (pytest.approx(share.value), share.units)
    assert str(release.folder) not in answer.content.decode()


@pytest.fixture
def by_function(frozen):
    """One number whose rows come from a function."""
    return frozen["plus-longue-interruption"]


def test_a_number_by_function_is_frozen_and_sealed_with_its_source(by_function):
    from parvis.plan.commitments.c02_public_procurement import interruptions

    name = "parvis.plan.commitments.c02_public_procurement.interruptions.interruptions"
    source = Path(interruptions.__file__).read_text()
    assert by_function.units > 0
    assert (by_function.function["name"], by_function.function["source"]) == (name, source)
    entry = Entry.objects.about(stream="plan/france-2015-2017", key=by_function.key).get()
    assert entry.content["function"] == {"name": name, "source_sha256": measuring.sha256_of(source)}


@pytest.mark.parametrize(
    ("changed", "said", "found"),
    [
        ({"source_sha256": "0" * 64}, "a changé depuis : 0000", True),
        ({"name": "parvis.plan.autre"}, "La fonction parvis.plan.autre n'est plus déclarée", False),
    ],
)
def test_a_function_changed_since_is_said(by_function, client, changed, said, found):
    by_function.function.update(changed)
    again = measures.verify_number(measure=by_function)
    assert said in again.differences[0]
    assert any("« function »" in line for line in again.differences)  # nor is it what the log sealed
    assert bool(again.found) is found


def test_a_function_no_longer_declared_leaves_the_number_without_another(by_function):
    by_function.indicator = "disparu"
    again = measures.verify_number(measure=by_function)
    assert again.found is None
    assert "n'est plus déclarée" in again.differences[0]


def test_the_page_of_a_number_by_function_shows_its_source_and_its_rows(client, by_function):
    page = client.get(f"/nombres/{by_function.pk}/").content.decode()
    assert "def working_days(" in page
    assert "recalculer.py" in page
    assert "recalculer.sql" not in page
    answer = client.get(f"/nombres/{by_function.pk}/lignes/?format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert len(rows) == by_function.units
    assert max(int(row["jours"]) for row in rows) == by_function.value


def test_each_number_has_one_way_to_be_found_again_elsewhere(client, share, by_function):
    addresses = [f"/nombres/{one.pk}/recalculer.{kind}" for one in (share, by_function) for kind in ("sql", "py")]
    assert [client.get(address).status_code for address in addresses] == [200, 404, 404, 200]


def test_the_program_finds_the_number_again_without_parvis(client, by_function, release, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(release.folder, elsewhere / release.hash)
    (elsewhere / "recalculer.py").write_bytes(client.get(f"/nombres/{by_function.pk}/recalculer.py").content)
    program = [sys.executable, "-I", "recalculer.py"]  # isolated: neither PYTHONPATH nor this project
    done = subprocess.run(program, cwd=elsewhere, capture_output=True, timeout=60, check=True)
    value, units = done.stdout.split()
    assert (float(value), int(units)) == (by_function.value, by_function.units)


def test_a_frozen_number_cannot_be_changed_even_in_sql(share):
    with pytest.raises(DatabaseError, match="figé"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE undertakings_measure SET value = 100 WHERE id = %s", [share.pk])
    share.refresh_from_db()
    assert share.value != 100


def test_without_a_release_a_number_is_unknown_and_says_why(plan, at):
    one = measures.measure(at=at)[0]
    assert one.value is None
    assert one.because == "Aucune version publiée du registre : procurement."
    assert one.progress.raw is None


def test_a_second_measure_stands_beside_the_first(frozen, client):
    later = {one.indicator: one for one in measures.measure(at=LATER)}
    assert Measure.objects.filter(indicator="publies-dans-les-deux-mois").count() == 2
    page = client.get(f"/nombres/{later['publies-dans-les-deux-mois'].pk}/?format=json").json()
    assert [one["measured_at"][:10] for one in page["history"]] == ["2026-03-02", "2026-09-01"]


@pytest.mark.parametrize(
    ("value", "unit"),
    [(0.0, "plateforme"), (1.0, "plateforme"), (1.99, "plateforme"), (2.0, "plateformes"), (37.0, "plateformes")],
)
def test_a_unit_agrees_with_its_value_on_each_page_that_shows_it(frozen, value, unit):
    from parvis.core.undertakings import queries

    one = frozen["plateformes"]
    one.value = value
    assert queries.number(one, on=date(2026, 3, 2)).value_unit == unit


def test_pages_and_reviews_show_the_unit_that_agrees(plan, release, at, client):
    review = measures.open_review(at=at)
    one = review.measures.get(indicator="plateformes")
    assert one.value == 1
    addresses = [f"/nombres/{one.pk}/", f"/plan/revues/{review.slug}/", COMMITMENT]
    for address in addresses:
        text = client.get(address).content.decode()
        assert "plateforme" in text.lower(), address
        assert not re.search(r"\b1(</\w+>)?\s*(<span[^>]*>)?plateformes\b", text), address
    for address in addresses[:2]:
        assert re.search(r"\b1\s*(</?\w+[^>]*>\s*)*plateforme\b", client.get(address).content.decode()), address
    buyers = review.measures.get(indicator="acheteurs-presents")
    assert "0 acheteur au" in client.get(f"/nombres/{buyers.pk}/").content.decode()


def test_the_front_page_shows_the_unit_that_agrees(frozen):
    from parvis.core.undertakings.front import views as front

    values = Measure.objects.filter(indicator="acheteurs-presents").values().get()
    Measure.objects.create(**values | {"id": None, "value": 1.0, "measured_at": LATER})
    for day, shown in ((AT, (3, "acheteurs")), (LATER, (1, "acheteur"))):
        panel = front.figures_panel(at=day).content.measures
        assert [(one.value, one.unit) for one in panel if one.title == "Acheteurs présents"] == [shown]


def test_on_the_front_page_each_commitment_has_its_turn(frozen):
    from parvis.core.undertakings.front import views as front

    values = Measure.objects.filter(indicator="acheteurs-presents").values().get()
    other = Undertaking.objects.exclude(pk=values["undertaking_id"]).first()
    told = {**values["definition"], "title": "D'un autre engagement"}
    Measure.objects.create(
        **values | {"id": None, "undertaking_id": other.pk, "indicator": "autre", "definition": told}
    )
    assert front.figures_panel(at=LATER).content.measures[1].title == "D'un autre engagement"


def test_a_number_out_of_date_says_so(share):
    from parvis.core.undertakings import queries

    days = share.definition["freshness_days"]
    assert not queries.number(share, on=date(2026, 3, 2) + timedelta(days=days)).is_stale
    assert queries.number(share, on=date(2026, 3, 2) + timedelta(days=days + 1)).is_stale


def test_the_command_measures_under_a_head_that_holds_every_release_it_reads(plan, release):
    assert not Measure.objects.exists()
    measure.command.main([], standalone_mode=False)
    made_from = [
        (number.log_size, Entry.objects.get(kind="release.published", key=said["hash"]).position)
        for number in Measure.objects.all()
        for releases in number.releases.values()
        for said in releases
    ]
    assert len(made_from) > 1
    assert all(position is not None and position < size for size, position in made_from)


def test_a_review_freezes_the_report_which_later_acts_do_not_change(plan, release, at, mandate, client):
    from parvis.core.undertakings import actions

    review = measures.open_review(at=at)
    before = client.get(f"/plan/revues/{review.slug}/?format=json").json()["report"]
    step = Milestone.objects.get(key="E02-J03")
    actions.claim(
        undertaking=step.undertaking, milestone=step, state="done", text="Fait.", at=LATER, mandate=mandate("lead")
    )
    measures.measure(at=LATER)
    after = client.get(f"/plan/revues/{review.slug}/?format=json").json()["report"]
    assert after == before
    assert {one.measured_at for one in review.measures.all()} == {at}
    entry = Entry.objects.about(stream=plan.stream, key=review.slug).get()
    assert entry.content["report_sha256"] == measuring.sha256_of_json(Review.objects.get().report)
    with pytest.raises(ReviewExists):
        measures.open_review(at=at + timedelta(hours=1))


def test_the_review_says_ogps_first_page_figures(plan, release, at):
    glance = {one["key"]: one for one in measures.open_review(at=at).report["at_a_glance"]}
    assert glance["commitments"]["value"] == 26
    assert (glance["relevance"]["of"], glance["relevance"]["unknown"]) == (29, 2)
    assert glance["did_it_open_government"]["value"] == 15
    assert glance["did_it_open_government"]["detail"] == "inchangé : 12, marginal : 9, majeur : 6"
    assert (glance["completed"]["value"], glance["completed"]["unknown"]) == (4, 25)
    assert glance["potential_impact"]["value"] is None
    assert (glance["carried_over"]["value"], glance["starred"]["value"]) == (10, 4)


def test_the_numbers_script_needs_no_other_register(share):
    connected = measuring.script(share.sql, {"procurement": []})
    with duckdb.connect() as empty:
        assert empty.execute(connected).fetchone() == (None, 0)
