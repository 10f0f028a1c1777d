"""An address asks for rows: it is read strictly, and said back in French."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.accountability.registers.procurement.browse import BROWSE
from parvis.core.registers.filters import Filters, UnknownFilter, UnreadableFilter, read_filters, read_sort


def test_an_address_is_read_and_written_back_the_same():
    asked = {"q": ["école"], "annee": ["2018", "2019"], "du": ["2018-01-01"], "min": ["40 000,50"], "acheteurs": ["1"]}
    filters = read_filters(BROWSE, asked)
    assert filters == Filters(
        text="école",
        facets={"annee": ("2018", "2019")},
        parties={"acheteurs": ("1",)},
        since=date(2018, 1, 1),
        least=Decimal("40000.50"),
    )
    again: dict[str, list[str]] = {}
    for name, value in filters.parameters():
        again.setdefault(name, []).append(value)
    assert read_filters(BROWSE, again) == filters


def test_a_field_left_empty_asks_nothing():
    assert read_filters(BROWSE, {"q": [""], "du": [" "], "annee": [""]}).is_empty


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"du": ["01/02/2018"]}, "écrivez-le 2024-12-31"),
        ({"min": ["beaucoup"]}, "n'est pas un montant en euros"),
        ({"max": ["NaN"]}, "n'est pas un montant que l'on filtre"),
        ({"max": ["1e99"]}, "n'est pas un montant que l'on filtre"),
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(asked, said):
    with pytest.raises(UnreadableFilter, match=said):
        read_filters(BROWSE, asked)


def test_an_unknown_filter_is_refused_rather_than_ignored():
    with pytest.raises(UnknownFilter, match="« procedur » n'est pas un filtre"):
        read_filters(BROWSE, {"procedur": ["x"]})


def test_the_first_order_declared_is_the_default():
    assert read_sort(BROWSE, None) == BROWSE.sorts[0]
    with pytest.raises(UnreadableFilter, match="Tris connus"):
        read_sort(BROWSE, "hasard")
