"""What a question may see, what it may do, and the hash of its answer."""

from datetime import UTC, datetime
from hashlib import sha256

import duckdb
import pytest

from parvis.core.registers.answers import Bounds, TooHeavy, write_lines
from parvis.core.registers.asking import SECONDS, read_question
from parvis.core.registers.questions import NotAQuestion, UnknownRegister, ask, connect


def hash_of(rows):
    digest = sha256()
    write_lines(digest, rows)
    return digest.hexdigest()


GRANTS = "select 'a' as uid, 10.50::decimal(18,2) as amount, date '2024-01-02' as given_on"
LATER = "select 'a' as uid, 12::decimal(18,2) as amount, date '2024-01-02' as given_on"


@pytest.fixture
def see(grants):
    return lambda *folders: connect({"grants": folders}, registers={"grants": grants})


def test_a_question_sees_the_rows_of_every_release(see, release):
    first = release("r1", grants=GRANTS)
    second = release("r2", grants=LATER)
    answer = ask(see(first, second), "select release, uid, amount::varchar from grants.grants order by 1")
    assert answer.rows == (("r1", "a", "10.50"), ("r2", "a", "12.00"))
    assert answer.columns[:2] == ("release", "uid")


def test_before_any_release_the_tables_are_empty_and_typed(see):
    answer = ask(see(), "select * from grants.grants")
    assert answer.rows == ()
    assert dict(zip(answer.columns, answer.types, strict=True))["amount"] == "DECIMAL(18,2)"
    assert ask(see(), "select count(*) from grants.defects").rows == ((0,),)
    assert ask(see(), "select count(*) from grants.releases").rows == ((0,),)


def test_the_register_says_which_rows_are_current(see, release, grants):
    (grants.folder / "views.sql").write_text(
        "create view grants.grants as select * exclude (release_rank) from grants_all.grants "
        "qualify row_number() over (partition by uid order by release_rank desc) = 1"
    )
    old = release("old", datetime(2024, 1, 1, tzinfo=UTC), grants=GRANTS)
    new = release("new", datetime(2024, 2, 1, tzinfo=UTC), grants=LATER)
    answer = ask(
        see(new, old),
        "select g.amount::int, r.source from grants.grants g join grants.releases r on r.hash = g.release",
    )
    assert answer.rows == ((12, "new"),)


@pytest.mark.parametrize(
    "sql",
    ["drop view grants.grants", "select 1; select 2", "create table t (i int)", "set threads = 1",
     "copy (select 1) to '{folder}/stolen.parquet'", "attach 'x.db'", ""],
)  # fmt: skip
def test_a_question_only_reads(see, release, sql):
    folder = release("r1", grants=GRANTS)
    with pytest.raises(NotAQuestion, match="seule instruction SELECT"):
        ask(see(folder), sql.format(folder=folder))


def test_a_question_sees_no_other_file(see, release, tmp_path):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        ask(see(release("r1", grants=GRANTS)), f"select * from read_csv('{tmp_path / 'secret.csv'}')")


def test_the_hash_is_the_one_of_the_rows_in_their_order(see):
    connection = see()
    answer = ask(
        connection, "select 1.50::decimal(18,2) as a, date '2024-01-02' as d, null as n, [1] as l, 0.1 + 0.2 as f"
    )
    assert answer.result_hash == hash_of(answer.rows) == ask(connection, answer.sql + " ").result_hash
    # sha256sum of the line ["1.50","2024-01-02",null,[1],"0.3"]
    assert answer.result_hash == "2e61b9b0c473521204f205f621f752662442d271945749a9bd4176bcb63c34a7"
    assert hash_of([(1,), (2,)]) != hash_of([(2,), (1,)])


def test_a_question_takes_parameters(see):
    assert (
        ask(see(), "select $since::date + 1 as next", {"since": "2024-01-01"}).rows[0][0].isoformat() == "2024-01-02"
    )


def test_an_unknown_register_is_refused_by_name():
    with pytest.raises(UnknownRegister, match="« water » n'existe pas"):
        connect({"water": []}, registers={})


ENDLESS = "select count(*) from range(100000000000) as a where a.range % 7 = 3"


def test_a_question_is_given_up_after_its_time_and_the_next_one_is_answered(see):
    connection = see()
    with pytest.raises(TooHeavy, match="plus de 0,2 secondes"):
        ask(connection, ENDLESS, bounds=Bounds(seconds=0.2))
    assert ask(connection, "select 1", bounds=Bounds(seconds=60)).rows == ((1,),)


def test_an_answer_holds_its_first_rows_only_and_is_known_by_all(see):
    sql = "select range as n from range(5000) order by n"
    whole, bounded = ask(see(), sql), ask(see(), sql, bounds=Bounds(rows=2500))
    assert (whole.count, len(whole.rows)) == (5000, 5000)
    assert (bounded.count, bounded.rows) == (5000, whole.rows[:2500])
    assert bounded.result_hash == whole.result_hash == hash_of(whole.rows)


def test_a_question_may_ask_for_more_time(tmp_path):
    path = tmp_path / "longue.sql"
    path.write_text("-- Et si c'est long ?\n-- seconds: 20\nselect 1")
    assert read_question(path).seconds == 20
    path.write_text("-- Et si c'est court ?\nselect 1")
    assert read_question(path).seconds == SECONDS
