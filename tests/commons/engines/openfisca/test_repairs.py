"""One household's result does not depend on who is computed beside it."""

import numpy as np

from commons.engines.openfisca.cases import COUPLE, found, given
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.tables import gather

NET, MICRO = "revenus_non_salarie_nets", "microentreprise"
PARTS = ("rpns_imposables", "csg_imposable_non_salarie", "crds_non_salarie")


def test_the_micro_enterprise_of_a_neighbour_is_nobody_else_s(openfisca: Host) -> None:
    """OpenFisca-France 176.1.8 adds up those of the whole population: it is made to read the tax household."""
    seller, worker = (given("individu", "ebnc_impo", "2024", [amount, 0.0, 0.0, 0.0]) for amount in (50_000.0, 0.0))
    alone = [found(openfisca, table, (NET, "revenu_disponible")) for table in (seller, worker)]
    together = found(openfisca, gather([seller, worker]), (NET, "revenu_disponible"))
    for key, values in together.items():
        assert values.tobytes() == np.concatenate([one[key] for one in alone]).tobytes()
    assert alone[1][NET, "2024"].tolist() == [0.0] * 4


def test_in_one_household_it_is_the_sum_that_the_package_makes(openfisca: Host) -> None:
    seller = given("individu", "ebnc_impo", "2024", [50_000.0, 0.0, 0.0, 0.0])
    said = found(openfisca, seller, (NET, MICRO, *PARTS))
    parts = sum(said[name, "2024"] for name in PARTS)
    assert said[MICRO, "2024"][0] > 10_000
    assert said[NET, "2024"].tolist() == (parts + said[MICRO, "2024"][0]).tolist()
    assert COUPLE.entities["foyer_fiscal"].count == 1
