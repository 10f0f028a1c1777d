"""The legislative procedure: every observed transition is accepted, a forged one is refused."""

import csv
import json
from pathlib import Path

import pytest

from parvis.core.texts.legislative import COUNCIL, LEGISLATIVE, PROMULGATED, START, ForbiddenTransition, step

DEPOSITED = step("1ère lecture", "assemblee", "depot")


def test_every_observed_transition_is_accepted(data: Path) -> None:
    with (data / "workflows/law/observed_transitions.csv").open(encoding="utf-8", newline="") as lines:
        observed = list(csv.DictReader(lines))

    assert (len(observed), sum(int(row["bills"]) for row in observed)) == (78, 8742)
    assert [row for row in observed if row["to"] not in {one.after for one in LEGISLATIVE.after(row["from"])}] == []


def test_the_regular_transitions_are_those_of_the_reference(data: Path) -> None:
    reference = json.loads((data / "workflows/law/valid_procedure.json").read_text(encoding="utf-8"))
    said = {(before, after) for before, found in reference.items() for after in found}
    ours = {(one.before, one.after) for found in LEGISLATIVE.transitions.values() for one in found if one.is_regular}

    assert said - ours == set()
    assert ours - said == {("congrès • congrès • congrès", "congrès • congrès • hemicycle")}


def test_a_condition_is_said() -> None:
    assert {one.after: one.when for one in LEGISLATIVE.after(step("CMP", "CMP", "commission"))} == {
        step("CMP", "assemblee", "hemicycle"): "un texte commun",
        step("CMP", "senat", "hemicycle"): "un texte commun",
        step("nouv. lect.", "assemblee", "depot"): "pas de texte commun",
    }


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (
            [DEPOSITED, "l. définitive • assemblee • hemicycle"],
            r"Après « 1ère lecture • assemblee • depot », « l\. déf",
        ),
        ([PROMULGATED], "Au début de la procédure, « promulgation • gouvernement » ne peut pas venir"),
        ([DEPOSITED, PROMULGATED, DEPOSITED], "aucune étape connue ne la suit"),
        ([DEPOSITED, "1ère lecture • assemblée • depot"], "la procédure législative y attend « 1ère lecture"),
    ],
)
def test_a_forged_transition_is_refused(steps: list[str], sentence: str) -> None:
    with pytest.raises(ForbiddenTransition, match=sentence):
        LEGISLATIVE.check(steps)


def test_no_path_skips_the_vote_of_a_chamber_by_the_rule() -> None:
    """A law is promulgated after a vote on the floor, or after the Council, whatever the regular path."""
    before_promulgation = {
        one.before
        for found in LEGISLATIVE.transitions.values()
        for one in found
        if one.after == PROMULGATED and one.is_regular
    }

    assert START not in before_promulgation
    assert [one for one in before_promulgation if not one.endswith("hemicycle")] == [COUNCIL]
