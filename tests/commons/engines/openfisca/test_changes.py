"""Changes of the law: what they give, and those that cannot be."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from commons.engines.openfisca.cases import SCALE, TAX, change, found, tax
from parvis.commons.engines.openfisca.households import demonstration
from parvis.core.simulators.contract import Change, RefusedInput, Rows, Table
from parvis.core.simulators.hosting.calling import Host

REFORMS = {"ir_reform_top_rate_50": ("[4].rate", 0.50), "ir_reform_first_rate_10": ("[1].rate", 0.10)}


@pytest.mark.parametrize("reform", REFORMS)
def test_reforms_agree_with_the_oracle(openfisca: Host, data: Path, reform: str) -> None:
    part, rate = REFORMS[reform]

    columns = found(openfisca, demonstration(data).table, (TAX,), "2024", change(part, rate))

    with (data / "models/synthetic-households/synth_a_households.csv").open(encoding="utf-8") as file:
        expected = np.array([float(row[reform]) for row in csv.DictReader(file)])
    assert np.abs(columns[TAX, "2024"] - expected).max() <= 0.01


def test_a_change_leaves_the_law_as_it_was(openfisca: Host) -> None:
    before = tax(openfisca)

    assert tax(openfisca, change("[1].rate", 0.5)) < before
    assert tax(openfisca) == before


def test_a_change_ends_on_its_last_day(openfisca: Host) -> None:
    before = tax(openfisca)

    assert tax(openfisca, change("[1].rate", 0.5, "2023-01-01", "2024-01-01")) == before
    assert tax(openfisca, change("[1].rate", 0.5, "2023-01-01", "2025-01-01")) < before


def test_changes_follow_one_another(openfisca: Host) -> None:
    once = tax(openfisca, change("[1].rate", 0.2))

    assert tax(openfisca, change("[1].rate", 0.5), change("[1].rate", 0.2)) == once


def test_two_thresholds_move_together_where_one_alone_would_pass_the_other(openfisca: Host) -> None:
    both = (change("[2].threshold", 90_000), change("[3].threshold", 100_000))

    assert tax(openfisca, *both) == tax(openfisca)
    with pytest.raises(RefusedInput, match="ne montent plus"):
        tax(openfisca, both[0])


def test_a_parameter_that_the_package_copies_elsewhere_changes_there_too(openfisca: Host) -> None:
    """Contributions are computed from a tree that the package makes of other parameters, some of them copied twice."""
    name = "prelevements_sociaux.cotisations_securite_sociale_regime_general.famille.employeur.famille[0].rate"
    kinds = np.array(["prive_non_cadre", "public_titulaire_territoriale", "public_titulaire_hospitaliere"])
    given = {("categorie_salarie", "2024-01"): kinds}
    pay = {(field, "2024-01"): np.full(3, 3_000.0) for field in ("salaire_de_base", "traitement_indiciaire_brut")}
    people = Table({"individu": Rows(3, {**given, **pay})})

    before = found(openfisca, people, ("famille",), "2024-01")["famille", "2024-01"]
    after = found(openfisca, people, ("famille",), "2024-01", Change(name, 0.5, date(2024, 1, 1)))

    assert (before < 0).all()
    assert (after["famille", "2024-01"] < 2 * before).all()


REFUSED = {
    "a parameter that does not exist": (Change("impot_revenu.barem", 1, date(2024, 1, 1)), "n’a pas de paramètre"),
    "a whole scale": (Change(SCALE, 1, date(2024, 1, 1)), "changez-en une tranche"),
    "a bracket out of range": (change("[99].rate", 0.5), "pas de tranche n° 99"),
    "a bracket of another time": (change("[9].rate", 0.5), "cesse le 1993-01-01"),
    "a part that brackets do not have": (change("[4].taux", 0.5), "threshold, rate"),
    "a day before the parameter": (change("[4].rate", 0.5, "1910-01-01"), "commence le 1945-01-01"),
    "a year out of reach": (change("[4].rate", 0.5, "2999-01-01"), "entre 1900 et 2200"),
    "a text for a number": (change("[4].rate", "0,5"), "pas de même nature"),
    "a yes for a number": (change("[4].rate", value=True), "pas de même nature"),
    "no number": (change("[4].rate", float("nan")), "nombre utilisable"),
    "an end before its start": (change("[4].rate", 0.5, "2024-01-01", "2023-01-01"), "avant d’avoir commencé"),
    "thresholds that no longer rise": (change("[2].threshold", 5_000), "0 ; 11497 ; 5000"),
}


@pytest.mark.parametrize(("asked", "said"), REFUSED.values(), ids=REFUSED)
def test_changes_that_cannot_be_are_refused(openfisca: Host, asked: Change, said: str) -> None:
    with pytest.raises(RefusedInput) as refusal:
        tax(openfisca, asked)

    assert said in str(refusal.value)
