"""An explanation is told as its page tells the result: same sign, same unit, and no figure said twice."""

from parvis.core.simulators.calculating.explaining import tree
from parvis.core.simulators.calculators import Shown
from parvis.core.simulators.contract import Step

TAX = (Shown("tax", "Impôt", sign=-1, is_main=True, unit="EUR"), Shown("credit", "Crédit", unit="EUR"))


def step(name: str, value: float, parent: int) -> Step:
    return Step(name, name, "2024", value, "", (), parent)


def test_a_tax_is_above_zero_as_in_the_sentence_and_the_model_s_sign_is_said_once() -> None:
    (root,) = tree([step("tax", -1588, -1), step("credit", 117, 0), step("other", -3, 0)], TAX)

    assert (root.value, root.in_model) == ("1\u202f588\u00a0€", "−1\u202f588\u00a0€")
    assert [child.value for child in root.children] == ["117\u00a0€", "−3"]
    assert [child.in_model for child in root.children] == ["", ""]


def test_what_its_calculator_does_not_know_is_left_as_the_model_says_it() -> None:
    (root,) = tree([step("tax", -1588, -1)])

    assert (root.value, root.in_model) == ("−1588", "")
