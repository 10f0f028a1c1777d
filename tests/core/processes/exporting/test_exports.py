"""What leaves is what the tables hold, in three forms that agree, with the hashes that it says."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pyarrow.parquet as pq
import pytest

from parvis.core.processes import actions as processes
from parvis.core.processes.exporting import actions, asking
from parvis.core.processes.exporting.formats import COLUMNS, FORMATS, csv_bytes
from parvis.core.processes.importing import actions as imports
from parvis.core.processes.importing import rows

ROWS = [
    {"id": "p", "kind": "proposal", "title": "Des « tilleuls »", "text": 'Une virgule, un "guillemet"\net une ligne'},
    {"id": "a", "kind": "argument", "parent": "p", "side": "for", "text": "De l'ombre"},
    {"id": "b", "kind": "argument", "parent": "p", "side": "against", "text": "Des feuilles"},
]


@pytest.fixture
def filled(debate, at):
    draft = imports.receive(written=rows.given(iter(ROWS)), title="Essai", source_name="x", process=debate, at=at)
    imports.accept(draft=draft, at=at)
    debate.refresh_from_db()
    return debate


def streamed(process, form):
    return b"".join(FORMATS[form].stream(actions.blocks(process)))


def test_the_three_forms_say_the_same(filled, tmp_path):
    lines = [json.loads(line) for line in streamed(filled, "jsonl").splitlines()]
    table = list(csv.DictReader(io.StringIO(streamed(filled, "csv").decode())))
    path = tmp_path / "a.parquet"
    path.write_bytes(streamed(filled, "parquet"))
    stored = pq.read_table(path).to_pylist()

    assert [one["fields"] for one in lines] == [json.loads(one["fields"]) for one in table]
    assert [one["fields"] for one in lines] == [json.loads(one["fields"]) for one in stored]
    assert lines[0]["fields"]["text"] == ROWS[0]["text"]
    assert [one["id"] for one in lines] == [one["id"] for one in table] == [one["id"] for one in stored]
    assert [(one["parent"], one["side"]) for one in lines] == [(None, ""), (1, "for"), (1, "against")]


def test_what_was_hidden_keeps_its_number_and_loses_its_words(filled, at):
    one = filled.contributions.get(number=2)
    processes.hide(contribution=one, because="Essai.", at=at)
    line = [json.loads(line) for line in streamed(filled, "jsonl").splitlines()][1]

    assert (line["number"], line["state"], line["title"], line["fields"]) == (2, "hidden", "", {})


def test_no_author_leaves(filled):
    assert b"citoyen" not in streamed(filled, "jsonl")
    assert not {"author", "author_name"} & {column.name for column in COLUMNS}


def test_a_frozen_export_is_what_its_manifest_says(filled, at):
    frozen = actions.freeze(process=filled, at=at)

    for one in frozen.manifest["files"]:
        content = (frozen.folder / one["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest(), 3) == (one["size"], one["sha256"], one["rows"])
    assert json.loads((frozen.folder / "schema.json").read_text())["required"] == [one.name for one in COLUMNS]
    assert frozen.manifest["votes_counted_by"] == "Parvis"


def test_it_is_frozen_again_when_something_changed_and_the_former_one_is_gone(filled, at):
    first = actions.freeze(process=filled, at=at)
    same = actions.freeze(process=filled, at=at + timedelta(days=1))
    processes.hide(contribution=filled.contributions.get(number=2), because="Essai.", at=at + timedelta(days=1))
    after = actions.freeze(process=filled, at=at + timedelta(days=1))

    assert same.folder == first.folder
    assert after.folder != first.folder
    assert not first.folder.exists()
    assert actions.last_frozen(filled) == after


def shown(client, debate):
    """Return the hashes that the page shows, the page cache passed by."""
    return client.get(f"/debats/{debate.slug}/exports/?tard").content.decode()


def sha256(frozen):
    return [one["sha256"] for one in frozen.manifest["files"]]


def test_a_vote_makes_no_new_export_before_the_hour_nor_for_a_reader(filled, client, at):
    first = actions.freeze(process=filled, at=at)
    filled.contributions.filter(number=1).update(votes_for=1)

    assert all(one in shown(client, filled) for one in sha256(first))
    assert actions.freeze_all(at=at + timedelta(minutes=59)) == 0
    assert actions.freeze_all(at=at + timedelta(hours=1)) == 1
    assert sha256(first)[0] not in shown(client, filled)


def test_words_withdrawn_leave_the_export_at_once(filled, client, at):
    first = actions.freeze(process=filled, at=at)
    processes.hide(contribution=filled.contributions.get(number=2), because="Essai.", at=at)

    assert actions.last_frozen(filled) is None
    assert sha256(first)[0] not in shown(client, filled)
    given = client.get(f"/debats/{filled.slug}/exports/contributions.jsonl").getvalue()
    assert (b"Des feuilles" in given, b"De l'ombre" in given) == (True, False)
    processes.hide(contribution=filled.contributions.get(number=3), because="Essai.", at=at)
    assert actions.freeze_all(at=at + timedelta(minutes=1)) == 1


def test_a_killed_freeze_leaves_no_half_export(filled, at):
    home = actions.exports_of(filled.slug)
    (home / ".making-dead").mkdir(parents=True)
    frozen = actions.freeze(process=filled, at=at)

    assert [path for path in home.iterdir() if path.is_dir()] == [frozen.folder]


def test_statistics_are_the_frozen_file_and_nothing_else(filled, at):
    frozen = actions.freeze(process=filled, at=at)
    found = {one.question.slug: one.records() for one in asking.answer(frozen.parquet, asking.questions())}

    assert [(row["espece"], row["contributions"]) for row in found["1-par-espece"]] == [
        ("argument", 2),
        ("proposal", 1),
    ]
    assert found["2-par-jour"] == [{"jour": str(at.date()), "contributions": 3}]


def test_an_empty_debate_has_an_export_with_its_columns(debate):
    assert streamed(debate, "csv").decode().strip().split(",") == [column.name for column in COLUMNS]
    assert b"".join(csv_bytes([])).startswith(b"id,")
    assert streamed(debate, "parquet").startswith(b"PAR1")


def test_pages_say_hashes_and_sql(client, filled, at):
    frozen = actions.freeze(process=filled, at=at)
    exports = client.get(f"/debats/{filled.slug}/exports/").content.decode()
    statistics = client.get(f"/debats/{filled.slug}/statistiques/").content.decode()

    assert all(one["sha256"] in exports for one in frozen.manifest["files"])
    assert "read_parquet(&#x27;contributions.parquet&#x27;)" in statistics
    assert client.get(f"/debats/{filled.slug}/exports/contributions.csv").getvalue().count(b"\r\n") == 4
    assert client.get(f"/debats/{filled.slug}/exports/contributions.xls").status_code == 404
    assert client.get(f"/debats/{filled.slug}/exports/figes/../../secret").status_code == 404


def test_what_a_source_does_not_date_leaves_without_a_date(filled):
    filled.contributions.update(received_at=None, changed_at=None)  # as an archive's import stores it
    lines = [json.loads(line) for line in streamed(filled, "jsonl").splitlines()]
    table = list(csv.DictReader(io.StringIO(streamed(filled, "csv").decode())))

    assert {line["received_at"] for line in lines} == {None}
    assert {line["received_at"] for line in table} == {""}
