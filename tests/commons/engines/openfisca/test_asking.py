"""What OpenFisca-France lacks: inputs that move the answer, the most first, and none that no one can answer."""

from dataclasses import replace

import numpy as np
import pytest

from commons.engines.openfisca.cases import COUPLE, TAX
from parvis.core.simulators.contract import Table, UnknownField
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.identity import Asked


def without(*names: str) -> Table:
    """Take inputs away from the couple."""
    return Table(
        {
            key: replace(rows, columns={name: values for name, values in rows.columns.items() if name[0] not in names})
            for key, rows in COUPLE.entities.items()
        }
    )


def missing(openfisca: Host, table: Table, output: str) -> tuple[str, ...]:
    return openfisca.missing(Asked("openfisca", table, (output,), "2024"))


def test_what_is_given_is_not_missing(openfisca: Host) -> None:
    before = missing(openfisca, without("salaire_de_base"), TAX)
    after = missing(openfisca, COUPLE, TAX)

    assert "salaire_de_base" in before
    assert "salaire_de_base" not in after
    assert "date_naissance" not in after
    assert "frais_reels" in after  # they come off wages: without wages, they changed nothing
    assert "frais_reels" not in before


def test_what_moves_the_answer_most_comes_first(openfisca: Host) -> None:
    found = missing(openfisca, COUPLE, TAX)

    # 90,000 € of pensions weigh more than professional costs of the same couple, and these more than a gift.
    assert found.index("retraite_brute") < found.index("frais_reels") < found.index("f7uf")


def test_the_rent_and_the_way_of_being_housed_are_found_together(openfisca: Host) -> None:
    """Neither moves anything alone: a rent without a tenant, a tenant without a rent."""
    poor = without("loyer", "statut_occupation_logement", "depcom", "salaire_de_base")

    found = missing(openfisca, poor, "aides_logement")

    assert {"loyer", "statut_occupation_logement", "depcom"} <= set(found)


def test_no_one_is_asked_what_only_an_employer_knows(openfisca: Host) -> None:
    fields = openfisca.fields()
    found = missing(openfisca, COUPLE, TAX)

    assert found
    assert [name for name in found if "employeur" in fields[name].label.lower()] == []
    assert [name for name in found if fields[name].label == name] == []


def test_the_same_case_lacks_the_same_in_the_same_order(openfisca: Host) -> None:
    assert missing(openfisca, COUPLE, TAX) == missing(openfisca, COUPLE, TAX)


def test_an_output_that_does_not_exist_is_refused(openfisca: Host) -> None:
    with pytest.raises(UnknownField):
        missing(openfisca, COUPLE, "impot_sur_les_licornes")


def test_a_wage_given_for_each_month_counts_as_given(openfisca: Host) -> None:
    people = without("salaire_de_base").entities["individu"]
    months = {("salaire_de_base", f"2024-{month:02}"): np.array([3_000.0, 0, 0, 0]) for month in range(1, 13)}
    table = Table({**COUPLE.entities, "individu": replace(people, columns={**people.columns, **months})})

    assert "salaire_de_base" not in missing(openfisca, table, TAX)
