"""What differs between two explanations: a cent counts, less does not, and a step that vanishes is told."""

from parvis.core.simulators.contract import Ref, Step
from parvis.core.simulators.differing import differing

LAW = Ref("Règlement fictif, article 2")


def step(name, value):
    return Step(name, name, "2024", value, "EUR", (LAW,), -1)


def test_a_step_that_one_explanation_does_not_have_is_told_with_its_law():
    found = differing([step("aide", 10.0), step("prime", 5.0)], [step("aide", 10.001), step("bonus", 3.0)])

    assert [(one.name, one.texts, one.refs) for one in found] == [
        ("bonus", ("ne compte pas", "3\u00a0€"), (LAW,)),
        ("prime", ("5\u00a0€", "ne compte pas"), (LAW,)),
    ]
