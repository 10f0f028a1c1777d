"""The identity of a run: the same of the same, another of anything else."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from parvis.core.simulators.contract import Change, Membership, Rows, Table
from parvis.core.simulators.identity import Asked, canonical, identity, plain

START = date(2024, 1, 1)
HOME = Membership(np.array([0, 0], dtype="i4"), np.array([0, 1], dtype="i1"))
TABLE = Table({"person": Rows(2, {("wage", "2024"): np.array([10.0, 20.0])}, {"home": HOME}), "home": Rows(1)})
ASKED = Asked("tiny", TABLE, ("tax",), "2024", (Change("rate", 10, START),))


def named(asked: Asked, version: str = "1", digest: str = "ab") -> str:
    return identity(asked, version, digest)


def test_how_a_number_is_given_does_not_change_who_it_is():
    assert named(replace(ASKED, changes=(Change("rate", 10.0, START),))) == named(ASKED)
    columns = {("wage", "2024"): np.array([10, 20], dtype="i4")}
    same = Table({**TABLE.entities, "person": replace(TABLE.entities["person"], columns=columns)})
    assert named(replace(ASKED, table=same)) == named(ASKED)


def test_dates_and_texts_are_hashed_as_their_words():
    days = np.array(["1980-01-31", "2024-02-29", "1980-01-31", "NaT", "0987-01-01", "12024-01-01"], dtype="M8[D]")
    assert plain(days) == canonical([str(day) for day in days])
    words = np.array(["été", 'dit « "x" »', "", "69123"])
    assert plain(words) == canonical([str(word) for word in words])


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, engine="other"),
        replace(ASKED, outputs=("tax", "net")),
        replace(ASKED, period="2023"),
        replace(ASKED, changes=()),
        replace(ASKED, changes=(Change("rate", 10, START, date(2025, 1, 1)),)),
        replace(ASKED, changes=(Change("rate", 10.000001, START),)),
        replace(ASKED, table=Table({**TABLE.entities, "home": Rows(2)})),
        replace(ASKED, table=Table({"person": replace(TABLE.entities["person"], groups={}), "home": Rows(1)})),
    ],
)
def test_anything_else_that_is_asked_is_another_run(other):
    assert named(other) != named(ASKED)


def test_other_rules_make_another_run():
    assert named(ASKED, version="2") != named(ASKED)
    assert named(ASKED, digest="ac") != named(ASKED)
