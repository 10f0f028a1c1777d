"""A rule that is changed from its own page is seen by a calculator that it moves."""

import pytest

from parvis.core.simulators.reforming.views import calculator_of

RATE = "impot_revenu.bareme_ir_depuis_1945.bareme[1].rate"
BONUS = "prestations_sociales.solidarite_insertion.minima_sociaux.ppa.pa_m.montant_minimum_verse"


@pytest.mark.parametrize(
    ("asked", "changed", "slug"),
    [
        ("", [], "revenu-disponible"),
        ("", [RATE], "revenu-disponible"),
        ("", [f"{RATE}~0.1~2024-01-01"], "revenu-disponible"),
        ("", [BONUS], "prime-d-activite"),
        ("", ["a.rule.that.no.calculator.proposes"], "revenu-disponible"),
        ("impot-sur-le-revenu", [BONUS], "impot-sur-le-revenu"),
    ],
)
def test_a_changed_rule_is_seen_by_the_calculator_that_proposes_it_or_else_has_the_most_parts(asked, changed, slug):
    assert calculator_of("openfisca", asked, changed).slug == slug
