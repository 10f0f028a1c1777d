"""Explanations of OpenFisca-France: few steps, with their law, that say no more than what was found."""

import json
from dataclasses import asdict, replace
from datetime import date

import numpy as np
import pytest

from commons.engines.openfisca.cases import COUPLE, SCALE, TAX
from parvis.core.simulators.contract import Change, Step, Table, WrongValue
from parvis.core.simulators.differing import differing
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.tables import repeat

INCOME = "revenu_disponible"


def explained(
    openfisca: Host, output: str, table: Table = COUPLE, *changes: Change, whole: bool = False
) -> tuple[Step, ...]:
    return openfisca.explain(Asked("openfisca", table, (output,), "2024", changes), output, whole=whole)


def below(steps: tuple[Step, ...], number: int) -> list[Step]:
    return [step for step in steps if step.parent == number]


def poorer() -> Table:
    people = COUPLE.entities["individu"]
    columns = {**people.columns, ("salaire_de_base", "2024"): np.array([9_000.0, 0.0, 0.0, 0.0])}
    return Table({**COUPLE.entities, "individu": replace(people, columns=columns)})


def test_disposable_income_is_explained_in_sixty_kilobytes(openfisca: Host) -> None:
    steps = explained(openfisca, INCOME)
    value = openfisca.evaluate(Asked("openfisca", COUPLE, (INCOME,), "2024")).columns[INCOME, "2024"][0]

    assert len(json.dumps([asdict(step) for step in steps], default=str).encode()) <= 60_000
    assert 20 <= len(steps) <= 60
    assert (steps[0].name, steps[0].parent) == (INCOME, -1)
    assert steps[0].value == pytest.approx(value, abs=0.01)
    assert steps[0].left > 100
    assert all(step.parent < number for number, step in enumerate(steps))


def test_a_step_that_says_it_is_a_sum_is_one(openfisca: Host) -> None:
    steps = explained(openfisca, INCOME, poorer())
    sums = [number for number, step in enumerate(steps) if step.sentence == "Somme des lignes ci-dessous."]

    assert sums
    for number in sums:
        parts = sum(step.value for step in below(steps, number) if step.unit == "EUR")
        assert parts == pytest.approx(steps[number].value, abs=0.02), steps[number].name
    assert any("plus petite" in step.sentence for step in steps)


def test_the_bracket_reached_is_told_with_its_rate_its_threshold_and_its_law(openfisca: Host) -> None:
    steps = explained(openfisca, TAX)
    bracket = next(step for step in steps if step.name.startswith(SCALE))

    assert (bracket.name, bracket.value, bracket.unit) == (f"{SCALE}[1].rate", 11.0, "%")
    assert "11\u202f497" in bracket.label
    assert any("197" in ref.title and "legifrance" in ref.href for ref in bracket.refs)


def test_what_the_person_gave_is_said_to_be_given(openfisca: Host) -> None:
    steps = explained(openfisca, INCOME)
    given = {step.name for step in steps if step.is_given}

    assert "salaire_de_base" in given
    assert given <= {name for rows in COUPLE.entities.values() for name, _ in rows.columns}
    wages = next(step for step in steps if step.name == "salaire_de_base")
    assert "1re personne" in wages.sentence


def test_most_steps_name_their_law(openfisca: Host) -> None:
    steps = explained(openfisca, INCOME)

    assert sum(bool(step.refs) for step in steps) >= len(steps) / 2
    assert all(ref.title for step in steps for ref in step.refs)


def test_months_that_say_the_same_are_one_line(openfisca: Host) -> None:
    steps = explained(openfisca, "salaire_net")

    assert len([step for step in steps if step.name == "salaire_net"]) == 1
    assert steps[0].period == "2024"
    assert "chaque mois" in steps[0].sentence
    assert "décembre 2024" in steps[0].sentence


def test_the_whole_tree_holds_every_step_of_the_short_one(openfisca: Host) -> None:
    short, whole = explained(openfisca, TAX), explained(openfisca, TAX, whole=True)
    variables = {field.name for field in openfisca.fields().values() if field.kind != "parameter"}

    assert len(whole) > 5 * len(short)
    assert {step.name for step in short if step.name in variables} <= {step.name for step in whole}
    assert all(step.left == 0 for step in whole)
    told = {step.name: step.unit for step in short if step.unit}
    assert all(step.unit == told.get(step.name, step.unit) for step in whole)  # whatever was explained before


def test_a_tax_of_nothing_says_that_the_scale_gives_nothing(openfisca: Host) -> None:
    (only, *_) = explained(openfisca, TAX, poorer())

    assert only.value == 0
    assert "11\u202f497" in only.sentence
    assert only.sentence.startswith("Nul")


def test_a_benefit_refused_says_what_alone_refuses_it(openfisca: Host) -> None:
    """The couple's children are ten and eight: the allowance for young children stops at three."""
    steps = explained(openfisca, "paje_base")

    assert steps[0].value == 0
    assert steps[0].sentence.split("Le détail est celui de décembre 2024. ")[1].startswith("Vous n’y avez pas droit")
    assert "Âge" in steps[0].sentence
    limit = next(step for step in steps if step.name.endswith("age_limite_enfant_adopte_non"))
    assert (limit.value, limit.unit) == (3, "a")
    assert any("D531-1" in ref.title for ref in limit.refs)


def test_a_population_has_no_one_explanation(openfisca: Host) -> None:
    with pytest.raises(WrongValue, match="un seul cas"):
        explained(openfisca, TAX, repeat(COUPLE, 40))


def test_two_explanations_differ_by_what_a_reform_moved(openfisca: Host) -> None:
    change = Change(f"{SCALE}[1].rate", 0.2, date(2024, 1, 1))

    found = {
        step.name: step for step in differing(explained(openfisca, TAX), explained(openfisca, TAX, COUPLE, change))
    }

    assert (found[f"{SCALE}[1].rate"].before, found[f"{SCALE}[1].rate"].after) == (11.0, 20.0)
    assert found[TAX].after < found[TAX].before
    assert "rni" not in found


def test_two_equal_explanations_do_not_differ(openfisca: Host) -> None:
    assert differing(explained(openfisca, TAX), explained(openfisca, TAX)) == ()
