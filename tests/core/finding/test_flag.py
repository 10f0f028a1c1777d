"""A flag is computable as a whole, or says what it lacks."""

import pytest

from parvis.core.finding.bounds import Bound
from parvis.core.finding.flag import Flag, Group, IncompleteFlag, Subject

WORDS = {
    "code": "R999",
    "title": "Essai",
    "original": "Test",
    "group": Group.DECP,
    "subject": Subject.CONTRACT,
    "formula": "toujours",
}


@pytest.fixture
def question(tmp_path):
    path = tmp_path / "r999.sql"
    path.write_text("select * from seen join methods using (procedure);\n")
    return path


def test_a_flag_without_rule_says_which_fields_it_lacks():
    flag = Flag(**WORDS, missing=("bids/details/value",))

    assert not flag.is_computable
    assert flag.sql is None
    assert "bids/details/value" in flag.because
    with pytest.raises(IncompleteFlag, match="n'est pas calculable"):
        flag.population_sql  # noqa: B018 - reading it is the act


def test_a_flag_with_neither_rule_nor_missing_field_is_refused():
    with pytest.raises(IncompleteFlag, match="dit quels champs lui manquent"):
        Flag(**WORDS)


def test_half_a_rule_is_refused(question):
    with pytest.raises(IncompleteFlag, match="sa population, sa borne"):
        Flag(**WORDS, population=question, bound=Bound(fixed=1))


def test_the_sql_of_a_flag_stands_alone(question):
    flag = Flag(
        **WORDS,
        population=question,
        bound=Bound(fixed=1),
        table="register.rows",
        needs={"offresRecues": "bids"},
        examined="tout",
        why="parce que",
        innocent="ou non",
        includes={"methods": "select 'x' as procedure"},
    )

    assert flag.population_sql.startswith("with methods as (\nselect 'x' as procedure\n)")
    assert "using (procedure)\n)" in flag.sql  # the file's own semicolon is gone
    assert "Champs lus : offresRecues." in flag.because
