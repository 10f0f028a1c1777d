"""Calculators on OpenFisca: the tables they make, their bars, and the questions that they no longer ask."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from commons.calculators.situations import SITUATIONS
from parvis.commons.calculators import activity_bonus
from parvis.core.simulators import payloads
from parvis.core.simulators.calculating import asking
from parvis.core.simulators.calculators import CALCULATORS, Calculator, Shown, WrongAnswer, worth_asking
from parvis.core.simulators.contract import Columns, Table
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.identity import Asked

CASES = [(slug, name) for slug, cases in SITUATIONS.items() for name in cases]


def calculator(slug: str) -> Calculator:
    return CALCULATORS.filled()[slug]


def computed(openfisca: Host, of: Calculator, table: Table) -> Columns:
    outputs = tuple(shown.field for shown in of.outputs)
    return openfisca.evaluate(Asked(of.engine, table, outputs, of.period)).columns


def total(shown: Shown, of: Calculator, columns: Columns) -> float:
    return float(columns[shown.field, of.period].sum(dtype=float)) * shown.sign


@pytest.mark.parametrize("slug", SITUATIONS)
def test_every_typical_case_is_written_by_hand_too(slug: str) -> None:
    assert set(calculator(slug).cases or {}) == set(SITUATIONS[slug])


@pytest.mark.parametrize(("slug", "name"), CASES)
def test_a_case_gives_what_the_same_situation_gives_in_openfisca_s_json(openfisca: Host, slug: str, name: str) -> None:
    of = calculator(slug)
    by_hand = payloads.read(openfisca.card(), openfisca.fields(), SITUATIONS[slug][name], period=of.period)

    found = computed(openfisca, of, of.table((of.cases or {})[name]))

    expected = computed(openfisca, of, by_hand.table)
    main = next(shown for shown in of.outputs if shown.is_main)
    assert total(main, of, found) == pytest.approx(total(main, of, expected), abs=0.005)
    assert {key: values.tolist() for key, values in found.items()} == {
        key: values.tolist() for key, values in expected.items()
    }


@pytest.mark.parametrize(("slug", "name"), CASES)
def test_the_parts_of_the_bar_make_the_total(openfisca: Host, slug: str, name: str) -> None:
    of = calculator(slug)
    columns = computed(openfisca, of, of.table((of.cases or {})[name]))
    main = next(shown for shown in of.outputs if shown.is_main)

    parts = sum(total(shown, of, columns) for shown in of.outputs if shown.is_part)

    assert parts == pytest.approx(total(main, of, columns), abs=0.01)


def test_the_parts_make_the_total_for_other_answers_too(openfisca: Host) -> None:
    of = calculator("revenu-disponible")
    rng = np.random.default_rng(16)
    for _ in range(6):
        answers = {
            "adultes": "2",
            "union": str(rng.choice(["mariage", "libre"])),
            "enfants": int(rng.integers(0, 4)),
            "salaire_1": float(rng.integers(0, 5_000)),
            "chomage_2": float(rng.integers(0, 1_500)),
            "naissance_1": int(rng.integers(1940, 2004)),
            "occupation": str(rng.choice(["locataire_vide", "locataire_hlm"])),
            "loyer": float(rng.integers(200, 900)),
        }
        columns = computed(openfisca, of, of.table(answers))
        main = next(shown for shown in of.outputs if shown.is_main)
        parts = sum(total(shown, of, columns) for shown in of.outputs if shown.is_part)
        assert parts == pytest.approx(total(main, of, columns), abs=0.01), answers


@pytest.mark.parametrize(
    ("slug", "answers", "question"),
    [
        ("impot-sur-le-revenu", {"adultes": "2", "enfants": 1, "parent_isole": True}, "parent_isole"),
        ("impot-sur-le-revenu", {"loyers": 15_001.0}, "loyers"),
        ("impot-sur-le-revenu", {"enfants": 1, "age_enfant_1": 8, "garde": 900.0}, "garde"),
        ("prime-d-activite", {"occupation": "loge_gratuitement", "aide_logement": 90.0}, "aide_logement"),
        ("revenu-disponible", {"commune": "69000X"}, "commune"),
        ("revenu-disponible", {"commune": "75011"}, "commune"),
        ("revenu-disponible", {"occupation": "proprietaire", "loyer": 500.0}, "loyer"),
    ],
)
def test_answers_that_contradict_each_other_are_refused_beside_their_question(
    slug: str, answers: dict[str, object], question: str
) -> None:
    with pytest.raises(WrongAnswer) as refusal:
        calculator(slug).table(answers)

    assert refusal.value.box == question
    assert str(refusal.value).endswith(".")
    assert question in {asked.name for asked in calculator(slug).questions}


def told_by_the_caf(data: Path) -> dict[str, tuple[str, float, float]]:
    """Return what official cases expect of the bonus: the month, the sum, and how near."""
    folder = data / "models/openfisca-france-cases/formulas/ppa"
    found = yaml.safe_load((folder / "ppa_2018.yaml").read_text(encoding="utf-8"))
    return {
        one["name"]: (str(one["period"]), one["output"]["ppa"], one["absolute_error_margin"])
        for one in found
        if isinstance(one["output"]["ppa"], int | float)
    }


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("PPA Cas N°1", {"salaire_1": 134}),
        ("PPA Cas N°2", {"salaire_1": 134, "age_enfant_1": 12}),
        ("PPA Cas N°3", {"salaire_1": 134, "age_enfant_1": 12, "age_enfant_2": 9}),
        ("PPA Cas N°4", {"adultes": "2", "salaire_1": 100, "salaire_2": 67}),
        ("PPA Cas N°5", {"adultes": "2", "salaire_1": 250, "salaire_2": 400, "age_enfant_1": 12}),
        (
            "PPA Cas N°6",
            {"adultes": "2", "salaire_1": 250, "salaire_2": 400, "age_enfant_1": 12, "age_enfant_2": 9},
        ),
        (
            "PPA Cas N°7",
            {
                "adultes": "2",
                "salaire_1": 250,
                "salaire_2": 400,
                "age_enfant_1": 12,
                "age_enfant_2": 9,
                "age_enfant_3": 7,
            },
        ),
        (
            "PPA Cas Non Passant N°1",
            {"adultes": "2", "salaire_1": 1_200, "salaire_2": 1_000, "aide_logement": 200},
        ),
        (
            "PPA Cas Non Passant N°2",
            {"adultes": "2", "salaire_1": 1_200, "salaire_2": 1_500, "age_enfant_1": 12, "aide_logement": 80},
        ),
        ("PPA Cas Non Passant N°4", {"salaire_1": 1_450, "aide_logement": 80}),
        ("PPA Cas Non Passant N°5", {"salaire_1": 2_000, "age_enfant_1": 12, "aide_logement": 150}),
        ("PPA après réforme octobre et smic janvier", {"salaire_1": 1_202}),
    ],
)
def test_the_answers_of_an_official_case_give_its_activity_bonus(
    openfisca: Host, data: Path, name: str, answers: dict[str, object]
) -> None:
    month, expected, margin = told_by_the_caf(data)[name]
    children = sum(asked.startswith("age_enfant") for asked in answers)
    table = activity_bonus.table({"enfants": children, **answers}, int(month[:4]))

    found = openfisca.evaluate(Asked("openfisca", table, ("ppa",), month)).columns["ppa", month]

    assert found.tolist() == pytest.approx([expected], abs=margin)


def test_the_bonus_asks_neither_rent_nor_commune_nor_age(openfisca: Host) -> None:
    of = calculator("prime-d-activite")

    first, then = (
        {question.name for question in asking.worth(openfisca, of, answers)}
        for answers in ({}, {"adultes": "1", "enfants": 0, "salaire_1": 1_300.0})
    )

    assert first == {"adultes", "enfants", "salaire"}
    assert then == {"autres", "occupation", "aide_logement"}


def test_rents_are_counted_up_to_what_the_micro_regime_takes() -> None:
    columns = calculator("impot-sur-le-revenu").table({"loyers": 15_000.0}).entities["foyer_fiscal"].columns

    assert columns["f4be", "2024"].tolist() == [15_000.0]


def stripped(table: Table) -> Table:
    return Table({key: replace(rows, columns={}) for key, rows in table.entities.items()})


def test_income_tax_does_not_ask_for_the_rent_and_disposable_income_does(openfisca: Host) -> None:
    tax, disposable = calculator("impot-sur-le-revenu"), calculator("revenu-disponible")

    of_tax = openfisca.missing(Asked("openfisca", stripped(tax.table({})), ("impot_revenu_restant_a_payer",), "2024"))
    of_all = openfisca.missing(Asked("openfisca", stripped(disposable.table({})), ("revenu_disponible",), "2024"))

    assert "loyer" not in of_tax
    assert "salaire_imposable" in of_tax
    asked_of_all = {question.name for question in worth_asking(disposable, {}, of_all)}
    assert asked_of_all >= {"adultes", "salaire", "chomage", "retraite", "occupation", "loyer", "commune"}
    asked_for_tax = [question.name for question in worth_asking(tax, {}, of_tax)]
    assert asked_for_tax[:2] == ["adultes", "enfants"]
    assert {"salaire", "retraite"} <= set(asked_for_tax)
    # Without income there is no tax to reduce: a gift changes nothing yet, and is not asked for.
    assert "dons" not in asked_for_tax


def test_a_question_becomes_worth_asking_once_another_is_answered(openfisca: Host) -> None:
    tax = calculator("impot-sur-le-revenu")
    wage = {("salaire_imposable", "2024"): np.array([40_000.0])}
    alone = stripped(tax.table({}))
    table = Table({**alone.entities, "individu": replace(alone.entities["individu"], columns=wage)})

    missing = openfisca.missing(Asked("openfisca", table, ("impot_revenu_restant_a_payer",), "2024"))

    asked = {question.name for question in worth_asking(tax, {"adultes": "1", "salaire_1": 40_000.0}, missing)}
    assert {"dons", "frais_reels", "pension_versee"} <= asked
    assert "salaire" not in asked


def test_a_lone_parent_pays_the_same_tax_in_both_calculators(openfisca: Host) -> None:
    tax, disposable = calculator("impot-sur-le-revenu"), calculator("revenu-disponible")
    alone = disposable.table({"adultes": "1", "enfants": 1, "salaire_1": 3_500.0})
    wanted = ("impot_revenu_restant_a_payer", "salaire_imposable")
    found = openfisca.evaluate(Asked("openfisca", alone, wanted, "2024")).columns
    taxable = float(found["salaire_imposable", "2024"][0])

    expected = tax.table({"enfants": 1, "parent_isole": True, "salaire_1": taxable})

    due = openfisca.evaluate(Asked("openfisca", expected, wanted[:1], "2024")).columns[wanted[0], "2024"]
    assert found[wanted[0], "2024"] == pytest.approx(due, abs=1)
    assert due < -100


@pytest.mark.parametrize(("children", "boxes"), [(1, [4_000]), (2, [2_000, 2_000]), (4, [1_333, 1_333, 1_333])])
def test_no_childcare_paid_is_lost_between_the_boxes(children: int, boxes: list[int]) -> None:
    ages = {f"age_enfant_{rank}": 3 for rank in range(1, children + 1)}
    given = calculator("impot-sur-le-revenu").table({"enfants": children, "garde": 4_000.0, **ages})

    columns = given.entities["foyer_fiscal"].columns
    assert [float(columns[box, "2024"][0]) for box in ("f7ga", "f7gb", "f7gc") if (box, "2024") in columns] == boxes
