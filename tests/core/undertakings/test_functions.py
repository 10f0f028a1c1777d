"""A function counts where SQL says it badly: its rows are typed, checked, and sealed with their whole text."""

import sys
from importlib import import_module, reload

import duckdb
import pytest

from parvis.core.undertakings.functions import Function, QuestionWithoutText, RowNotAsDeclared, opened

COLUMNS = {"rank": "BIGINT", "share": "DOUBLE"}


def counted(rows, *, sql="select * from counted"):
    with opened({}, Function(rows, COLUMNS)) as connection:
        return connection.execute(sql).fetchall()


def three(connection):
    """Combien ?"""
    return [{"rank": rank, "share": None if rank == 2 else rank / 2} for rank in (1, 2, 3)]


def test_rows_are_loaded_in_their_order_with_the_types_declared():
    assert counted(three) == [(1, 0.5), (2, None), (3, 1.5)]
    assert counted(three, sql="select typeof(rank), typeof(share) from counted limit 1") == [("BIGINT", "DOUBLE")]


def test_no_row_still_has_columns():
    assert counted(lambda _: (), sql="select median(share), count(*) from counted") == [(None, 0)]


def test_rows_come_by_blocks_and_none_is_lost():
    many = lambda _: ({"rank": rank, "share": 1.0} for rank in range(4_321))  # noqa: E731
    assert counted(many, sql="select count(*), sum(rank) from counted") == [(4_321, 4_321 * 4_320 // 2)]


@pytest.mark.parametrize("wrong", [{"rank": 1}, {"rank": 1, "share": 1.0, "more": 2}, {"rank": [1], "share": 1.0}])
def test_a_row_that_is_not_as_declared_is_refused(wrong):
    with pytest.raises(RowNotAsDeclared, match="rank"):
        counted(lambda _: [wrong])


def test_a_function_sees_the_releases_and_nothing_else_of_the_machine(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        counted(lambda connection: connection.execute(f"from read_csv('{secret}')").fetchall())


def test_the_question_is_the_first_line_of_the_docstring():
    assert Function(three, COLUMNS).asks == "Combien ?"
    with pytest.raises(QuestionWithoutText):
        Function(lambda _: (), COLUMNS).asks  # noqa: B018


def test_a_change_in_a_function_called_by_the_function_changes_its_source(tmp_path, monkeypatch):
    module = tmp_path / "a_question_of_tests.py"
    text = "def double(x):\n    return 2 * x\n\n\ndef rows(connection):\n    return [{'rank': double(1)}]\n"
    module.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loaded = import_module(module.stem)
    first = Function(loaded.rows, {"rank": "BIGINT"})
    before = first.source_sha256
    assert (first.name, first.source) == ("a_question_of_tests.rows", text)
    module.write_text(text.replace("2 * x", "3 * x + 0"))
    assert Function(reload(loaded).rows, {"rank": "BIGINT"}).source_sha256 != before
