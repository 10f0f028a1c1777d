"""The run file: what is written is read again, bit for bit, and nothing of a hostile one is believed."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from core.simulators.hosting.engines.tiny import Tiny
from core.simulators.running.sample import DOUBLED, asked, computed
from parvis.core.simulators.contract import Change, Membership, Rows, Table
from parvis.core.simulators.identity import Asked, columns_hash, identity, table_hash
from parvis.core.simulators.running.files import LARGEST, NotARun, read, read_any, run_file, text_of

PEOPLE = Rows(
    2,
    {
        ("born", "eternity"): np.array(["1985-03-12", "2020-01-01"], dtype="datetime64[D]"),
        ("housing", "2024-01"): np.array(["tenant", "owner"], dtype=object),
        ("is_student", "2024"): np.array([True, False]),
        ("children", "2024"): np.array([0, 3], dtype="i4"),
        ("wage", "2024"): np.array([0.1, 1 / 3]),
    },
    {"home": Membership(np.array([0, 0], dtype="i4"), np.array([0, 1], dtype="i1"))},
)
WHOLE = Asked(
    "tiny",
    Table({"person": PEOPLE, "home": Rows(1)}),
    ("benefit", "size"),
    "2024",
    (Change("rate", 0.3, date(2024, 1, 1), date(2025, 1, 1)), Change("open", value=False, start=date(2020, 1, 1))),
)


def written(question=None):
    question = question or asked(10, 20, changes=DOUBLED)
    return run_file(question, Tiny.card, computed(question))


def damaged(**parts):
    """Return a run file with other parts: « asked__period » names what stands below."""
    said = json.loads(text_of(written()))
    for path, value in parts.items():
        *above, last = path.split("__")
        place = said
        for name in above:
            place = place[int(name) if name.isdecimal() else name]
        place[last] = value
    return json.dumps(said)


def test_what_was_asked_is_read_again_with_the_same_identity() -> None:
    outcome = replace(computed(asked(1)), identity=identity(WHOLE, "1", "0" * 64))
    file = read(text_of(run_file(WHOLE, Tiny.card, outcome)))

    assert identity(file.asked, file.version, file.digest) == file.identity
    assert file.inputs == table_hash(WHOLE.table)
    assert file.asked.changes == WHOLE.changes
    assert file.asked.outputs == WHOLE.outputs


@pytest.mark.parametrize(
    "values",
    [
        np.array([0.1, np.nan, 1 / 3], dtype="f4"),
        np.array([0.1, -0.0], dtype="f8"),
        np.array([True, False]),
        np.array([1, -2], dtype="i4"),
        np.array(["2024-01-31"], dtype="datetime64[D]"),
        np.array(["é", "longer"]),
    ],
    ids=lambda values: values.dtype.str,
)
def test_results_are_read_again_bit_for_bit(values) -> None:
    columns = {("benefit", "2024"): values}
    file = read(text_of(run_file(asked(1), Tiny.card, replace(computed(asked(1)), columns=columns))))

    assert columns_hash(file.columns) == columns_hash(columns)


def test_the_same_calculation_gives_the_same_file() -> None:
    assert text_of(written()) == text_of(written())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("NaN", "JSON"),
        ("[" * 5000, "JSON"),
        ("[]", "objet JSON"),
        ("{}", "format"),
        (damaged(format="parvis-run/9"), "format"),
        (damaged(identity="0" * 63), "64 chiffres"),
        (damaged(identity=["0" * 64]), "64 chiffres"),
        (damaged(asked="x"), "objet JSON"),
        (damaged(asked__engine=""), "engine"),
        (damaged(asked__engine="x" * 501), "engine"),
        (damaged(asked__outputs=["benefit"] * 201), "outputs"),
        (damaged(asked__table__person__count=10**9), "count"),
        (damaged(asked__table__person__count=True), "count"),
        (damaged(asked__table__person__count=3), "2 valeurs pour 3 lignes"),
        (damaged(asked__table__person__columns__0__values=[1, "2"]), "type"),
        (damaged(asked__table__person__columns__0__values=[1, None]), "manque"),
        (damaged(asked__table__person__columns__0__values=[1, [2]]), "type"),
        (damaged(asked__table__person__columns__0__type="object"), "type"),
        (damaged(asked__table__person__groups={"home": {"rows": [0, 0], "roles": [0, 0]}}), "home"),
        (damaged(asked__table__person__groups={"person": {"rows": [0, 9], "roles": [0, 0]}}), "person"),
        (damaged(asked__table__person__groups={"person": {"rows": [0, -1], "roles": [0, 0]}}), "groupe"),
        (damaged(asked__table__person__groups={"person": {"rows": [0, 1], "roles": [0, 10**30]}}), "JSON|type"),
        (damaged(asked__changes__0__start="hier"), "AAAA-MM-JJ"),
        (damaged(asked__changes__0__value={"a": 1}), "changement"),
        (damaged(results__columns__0__dtype="|O"), "dtype"),
        (damaged(results__columns__0__dtype="<U999999999"), "dtype"),
        (damaged(results__sha256=None), "64 chiffres"),
    ],
    ids=range(29),
)
def test_a_file_that_is_no_run_file_is_refused_in_a_sentence(text, why) -> None:
    with pytest.raises(NotARun, match=why):
        read(text)


def test_a_page_reads_no_more_than_it_says_and_the_command_reads_more() -> None:
    large = text_of(written()) + " " * LARGEST

    with pytest.raises(NotARun, match="parvis run verify"):
        read(large)
    assert read_any(large).version == "1"
