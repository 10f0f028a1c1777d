"""OpenFisca-France as an engine: what it computes, of whom, for which period."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from commons.engines.openfisca.cases import COUPLE, TAX, found, given, grouped
from parvis.commons.engines.openfisca.households import demonstration
from parvis.core.simulators import tables
from parvis.core.simulators.contract import Membership, RefusedInput, Rows, Table
from parvis.core.simulators.hosting.calling import Host

ORACLE = ("nbptr", "rfr", TAX, "af", "ppa", "aide_logement", "revenu_disponible")


def test_four_thousand_households_agree_with_the_oracle(openfisca: Host, data: Path) -> None:
    table = demonstration(data).table

    columns = found(openfisca, table, ORACLE)

    with (data / "models/synthetic-households/synth_a_households.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == 4_000
    for name in ORACLE:
        values = np.array([float(row[name]) for row in expected])
        assert np.abs(columns[name, "2024"] - values).max() <= 0.01, name


def test_a_household_s_disposable_income(openfisca: Host) -> None:
    columns = found(openfisca, outputs=("revenu_disponible", TAX))

    assert columns[TAX, "2024"].tolist() == [-95.0]
    assert columns["revenu_disponible", "2024"] == pytest.approx([54_248.45], abs=0.01)


def test_the_order_in_which_outputs_are_asked_changes_nothing(openfisca: Host) -> None:
    one = found(openfisca, outputs=("aide_logement", "revenu_disponible"))
    other = found(openfisca, outputs=("revenu_disponible", "aide_logement"))

    assert {key: values.tobytes() for key, values in one.items()} == {
        key: values.tobytes() for key, values in other.items()
    }


def test_results_keep_the_type_of_their_field(openfisca: Host) -> None:
    outputs = ("date_naissance", "statut_occupation_logement", "depcom", "age", "enceinte")

    columns = found(openfisca, outputs=outputs, period="2024-03")

    assert columns["date_naissance", "2024-03"][0] == np.datetime64("1980-01-01")
    assert columns["statut_occupation_logement", "2024-03"].tolist() == ["locataire_vide"]
    assert columns["depcom", "2024-03"].tolist() == ["69123"]
    assert columns["age", "2024-03"].tolist() == [44, 43, 9, 7]
    assert columns["enceinte", "2024-03"].tolist() == [False] * 4


def test_an_amount_of_the_month_is_summed_over_a_longer_period(openfisca: Host) -> None:
    year = found(openfisca, outputs=("salaire_de_base",))["salaire_de_base", "2024"]
    quarter = found(openfisca, outputs=("salaire_de_base",), period="month:2024-01:3")

    assert year.tolist() == [24_000.0, 36_000.0, 0.0, 0.0]
    assert quarter["salaire_de_base", "month:2024-01:3"].tolist() == [6_000.0, 9_000.0, 0.0, 0.0]


def test_people_without_groups_are_each_in_their_own(openfisca: Host) -> None:
    alone = Table({"individu": Rows(2, {("salaire_de_base", "2024"): np.array([30_000.0, 60_000.0])})})

    assert len(found(openfisca, alone)[TAX, "2024"]) == 2


def test_declarants_may_be_named_in_another_order_than_persons(openfisca: Host) -> None:
    roles = next(entity for entity in openfisca.card().entities if entity.key == "foyer_fiscal").roles
    places = {role.key: number for number, role in enumerate(roles)}
    swapped = np.array([places["conjoint"], places["declarant_principal"], 1, 1], np.int8)
    table = grouped("foyer_fiscal", Membership(np.zeros(4, np.int32), swapped))

    assert [role.of for role in roles] == ["", "", "declarant", "declarant"]
    assert found(openfisca, table)[TAX, "2024"].tolist() == [-95.0]


DAYS = np.array(["1980-01-31", "NaT", "2200-12-31", "0001-01-01"], dtype="M8[D]")
REFUSED = {
    "a name that no field has": (COUPLE, ("revenu_disponibl",), "2024", "« revenu_disponible »"),
    "an input that no field is": (given("individu", "salaire", "2024", [0.0] * 4), (TAX,), "2024", "« salaire »"),
    "another entity's input": (given("menage", "salaire_de_base", "2024", [1.0]), (TAX,), "2024", "« individu »"),
    "an unknown entity": (Table({**COUPLE.entities, "foyer": Rows(1)}), (TAX,), "2024", "foyer_fiscal"),
    "no number": (given("individu", "salaire_de_base", "2024", [np.nan] * 4), (TAX,), "2024", "nombre fini"),
    "a number too large": (given("individu", "salaire_de_base", "2024", [1e60] * 4), (TAX,), "2024", "nombre fini"),
    "a text for a number": (given("individu", "salaire_de_base", "2024", ["a"] * 4), (TAX,), "2024", "un nombre"),
    "half an integer": (given("foyer_fiscal", "f4ba", "2024", [1.5]), (TAX,), "2024", "entier"),
    "neither yes nor no": (given("individu", "enceinte", "2024-01", [2] * 4), (TAX,), "2024", "oui ou non"),
    "a number for a text": (given("menage", "depcom", "2024-01", [69123]), (TAX,), "2024", "guillemets"),
    "a text too long": (given("menage", "depcom", "2024-01", ["691234"]), (TAX,), "2024", "5 caractères"),
    "an impossible date": (
        given("individu", "date_naissance", "eternity", ["1980-02-31"] * 4),
        (TAX,),
        "2024",
        "n’est pas une date",
    ),
    "no date": (given("individu", "date_naissance", "eternity", DAYS), (TAX,), "2024", "« NaT » n’est pas une date"),
    "a date too late": (
        given("individu", "date_naissance", "eternity", np.full(4, np.datetime64("2201-01-01"))),
        (TAX,),
        "2024",
        "passe l’an 2200",
    ),
    "a choice that is not one": (
        given("menage", "statut_occupation_logement", "2024-01", ["locataire_vid"]),
        (TAX,),
        "2024",
        "vouliez-vous dire « locataire_vide »",
    ),
    "a month that does not exist": (COUPLE, (TAX,), "2024-13", "n’est pas une période"),
    "a million years": (COUPLE, ("ppa",), "year:2024:1000000", "ne passe pas 10 ans"),
    "a month of what is yearly": (COUPLE, (TAX,), "2024-03", "une année (2024)"),
    "a year of ages": (COUPLE, ("age",), "2024", "un mois (2024-01)"),
    "an input of a month for a year": (given("foyer_fiscal", "f4ba", "2024-01", [1]), (TAX,), "2024", "une année"),
    "an input after its end": (given("foyer_fiscal", "ppe", "2024", [1.0]), (TAX,), "2024", "n’existe plus"),
    "an output after its end": (COUPLE, ("ppe",), "2024", "n’existe plus"),
    "a year before the rules": (COUPLE, (TAX,), "1950", "n’a pas à cette date"),
    "a role held by too many": (
        grouped("foyer_fiscal", Membership(np.zeros(4, np.int32), np.zeros(4, np.int8))),
        (TAX,),
        "2024",
        "2 personne(s)",
    ),
    "a role that does not exist": (
        grouped("menage", Membership(np.zeros(4, np.int32), np.full(4, 9, np.int8))),
        (TAX,),
        "2024",
        "un rôle n’existe pas",
    ),
    "a group without members": (Table({**COUPLE.entities, "menage": Rows(2)}), (TAX,), "2024", "aucun membre"),
    "nobody": (Table({"individu": Rows(0)}), (TAX,), "2024", "au moins un individu"),
}


@pytest.mark.parametrize(("table", "outputs", "period", "said"), REFUSED.values(), ids=REFUSED)
def test_bad_input_is_refused_in_french(
    openfisca: Host, table: Table, outputs: tuple[str, ...], period: str, said: str
) -> None:
    with pytest.raises(RefusedInput) as refusal:
        found(openfisca, table, outputs, period)

    assert said in str(refusal.value)


def test_a_year_s_total_that_contradicts_its_months_is_refused(openfisca: Host) -> None:
    people = COUPLE.entities["individu"]
    months = {("salaire_de_base", f"2024-{month:02d}"): np.ones(4) for month in range(1, 13)}
    table = Table({**COUPLE.entities, "individu": Rows(4, {**people.columns, **months}, people.groups)})

    with pytest.raises(RefusedInput, match="la somme de ses mois"):
        found(openfisca, table)


def test_a_refusal_names_the_row_of_the_whole_population(openfisca: Host) -> None:
    many = tables.repeat(given("individu", "salaire_de_base", "2024", [24_000.0, 36_000.0, 0.0, 0.0]), 500)
    wages = np.append(np.zeros(1_999), np.nan)
    people = many.entities["individu"]
    columns = {**people.columns, ("salaire_de_base", "2024"): wages}
    table = Table({**many.entities, "individu": replace(people, columns=columns)})

    with pytest.raises(RefusedInput, match="la ligne 2000 donne « nan »"):
        found(openfisca, table)
