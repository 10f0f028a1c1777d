"""How a contract reads in a list: what names it, and its money with its unit."""

from decimal import Decimal

import pytest

from parvis.accountability.registers.procurement.browse import BROWSE
from parvis.core.registers.pages.cells import lines

NO_BREAK, THIN = "\u00a0", "\u202f"


def listed(**said):
    contract = {"uid": "20008945600012200089456", "id": "2024017", "cpv": "45211100", "object": None, "amount": None}
    (line,) = lines([contract | said], ["object", "amount"], {}, BROWSE)
    assert (line.key, [cell.is_link for cell in line.cells]) == (contract["uid"], [True, False])
    return [cell.text for cell in line.cells]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({"object": "Réfection du toit"}, "Réfection du toit"),
        ({}, "Objet non publié, n° 2024017 (travaux)"),
        ({"cpv": None}, "Objet non publié, n° 2024017"),
        ({"cpv": "99000000", "id": None}, "Objet non publié"),
    ],
)
def test_a_contract_without_an_object_is_named_by_its_number_and_its_domain(said, title):
    assert listed(**said)[0] == title


def test_an_amount_bears_its_unit_and_an_unknown_one_none():
    assert listed(amount=Decimal("12345.50"))[1] == f"12{THIN}345,50{NO_BREAK}€"
    assert listed(amount=Decimal(1200))[1] == f"1{THIN}200{NO_BREAK}€"
    assert listed()[1] == "non renseigné"
