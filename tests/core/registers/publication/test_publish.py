"""A release is published whole, once, sealed; nothing else is ever served."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from parvis.core.errors import ParvisError
from parvis.core.ledger.models import Entry
from parvis.core.registers import actions
from parvis.core.registers.manifest import facts
from parvis.core.registers.models import Release, shelter
from parvis.core.registers.questions import ask, connect

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)
GRANT = {"uid": "a", "amount": "10.50", "given_on": "2024-01-02", "object": "Fanfare", "to": ["Les cuivres"]}

pytestmark = pytest.mark.django_db


@pytest.fixture
def grants(grants, settings, tmp_path):
    settings.PARVIS_HOME = tmp_path / "home"
    return grants


@pytest.fixture
def file(tmp_path):
    def write(*records, name="grants.jsonl"):
        path = tmp_path / name
        path.write_bytes(b"\n".join(map(orjson.dumps, records)))
        return path

    return write


@pytest.fixture
def publish(grants):
    def published(path, source="town", at=AT):
        return actions.publish(register=grants, source=source, path=path, at=at)

    return published


def folders():
    return sorted(path.name for path in shelter("grants").folder.iterdir() if path.name != ".lock")


def test_a_release_is_its_folder_its_row_and_its_seal(publish, file, grants):
    release = publish(file(GRANT))
    found = facts(release.folder)
    assert found.hash == release.hash
    assert {known.name: known.rows for known in found.files} == {
        "grants.parquet": 1, "receivers.parquet": 1, "defects.parquet": 0, "refused.parquet": 0,
    }  # fmt: skip
    answer = ask(
        connect({"grants": [release.folder]}, registers={"grants": grants}),
        "select amount::varchar from grants.grants",
    )
    assert answer.rows == (("10.50",),)
    entry = Entry.objects.get(stream="registers/grants", key=release.hash)
    assert entry.kind == "release.published"
    assert folders() == [release.hash]


def test_the_same_file_twice_changes_nothing(publish, file):
    first = publish(file(GRANT))
    again = publish(file(GRANT, name="renamed.jsonl"), at=AT + timedelta(days=1))
    assert again == first
    assert (Release.objects.count(), Entry.objects.count(), folders()) == (1, 1, [first.hash])


def test_a_later_file_of_the_source_succeeds_the_earlier_and_only_it(publish, file):
    first = publish(file(GRANT))
    other = publish(file(GRANT), source="region")
    second = publish(file({**GRANT, "amount": "11"}), at=AT + timedelta(days=1))
    assert list(Release.objects.current("grants")) == [other, second]
    assert first.folder.is_dir()


def test_a_file_that_returns_to_what_it_was_is_a_new_release(publish, file):
    publish(file(GRANT))
    publish(file({**GRANT, "amount": "11"}), at=AT + timedelta(days=1))
    back = publish(file(GRANT), at=AT + timedelta(days=2))
    assert list(Release.objects.current("grants")) == [back]


def test_a_withdrawn_release_gives_place_to_the_one_before(publish, file):
    first = publish(file(GRANT))
    second = publish(file({**GRANT, "amount": "11"}), at=AT + timedelta(days=1))
    actions.withdraw(release=second, because="Fichier d'un autre exercice.", at=AT + timedelta(days=2))
    assert list(Release.objects.current("grants")) == [first]
    assert Entry.objects.get(kind="release.withdrawn").key == second.hash


def test_a_withdrawal_says_why(publish, file):
    with pytest.raises(actions.ReasonMissing, match="dites en une phrase pourquoi"):
        actions.withdraw(release=publish(file(GRANT)), because=" ", at=AT)
    assert Release.objects.current("grants").count() == 1


@pytest.mark.parametrize("content", [b"", b'{"uid": "a", "am', b'{"uid": "a", "unknown": "1"}'])
def test_a_file_that_cannot_be_read_keeps_nothing_and_the_last_release_is_served(publish, file, tmp_path, content):
    good = publish(file(GRANT))
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(content)
    with pytest.raises((ParvisError, orjson.JSONDecodeError)):
        publish(bad, at=AT + timedelta(days=1))
    assert list(Release.objects.current("grants")) == [good]
    assert folders() == [good.hash]
    assert Entry.objects.count() == 1


def test_an_absent_file_is_said(publish, tmp_path):
    with pytest.raises(ParvisError, match=r"« absent\.json » n'est pas un fichier lisible"):
        publish(tmp_path / "absent.json")


def test_a_publication_killed_before_its_row_is_swept_by_the_next(publish, file):
    good = publish(file(GRANT))
    place = shelter("grants")
    (place.folder / ".making-1").mkdir()
    (place.folder / "f00").mkdir()
    (place.folder / ".moved-f00").touch()
    (place.folder / "kept-from-an-older-database").mkdir()
    publish(file({**GRANT, "amount": "11"}), source="region")
    assert "kept-from-an-older-database" in folders()
    assert good.hash in folders()
    assert not {".making-1", "f00", ".moved-f00"} & set(folders())


def test_a_killed_placing_leaves_a_whole_folder_or_none(tmp_path):
    """Kill -9 at ten instants of the placing: under its final name a folder always has all that its manifest says."""
    script = Path(__file__).with_name("place_until_killed.py")
    for turn in range(10):
        home = tmp_path / str(turn)
        process = subprocess.Popen(
            [sys.executable, script, home],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        process.stdout.readline()
        try:
            process.wait(timeout=0.02 + 0.03 * turn)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        whole = [path for path in home.iterdir() if path.is_dir() and not path.name.startswith(".")]
        for folder in whole:
            found = facts(folder)
            assert found.hash == folder.name
            assert {known.name for known in found.files} < {path.name for path in folder.iterdir()}
            assert all((folder / known.name).stat().st_size == known.size for known in found.files)
        actions.shelter("any")
        place = type(shelter("any"))(home)
        with place.alone():
            place.sweep({whole[0].name} if whole else set())
        assert sorted(path.name for path in home.iterdir() if path.is_dir()) == [path.name for path in whole[:1]]
