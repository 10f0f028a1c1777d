"""A replay says same, or which of the input, the rules or the results was changed: one is flipped at a time."""

import json
from dataclasses import replace

import pytest

from core.simulators.hosting.engines.tiny import Tiny
from core.simulators.running.sample import DOUBLED, asked, computed
from parvis.core.simulators.identity import identity
from parvis.core.simulators.running.files import NotARun, read, run_file, text_of
from parvis.core.simulators.running.verifying import verify

QUESTION = asked(10, 20, changes=DOUBLED)


def flipped(change):
    said = json.loads(text_of(run_file(QUESTION, Tiny.card, computed(QUESTION))))
    change(said)
    return read(json.dumps(said))


def value(said):
    return said["asked"]["table"]["person"]["columns"][0]["values"]


def test_a_calculation_is_found_again_bit_for_bit(tiny) -> None:
    verdict = verify(flipped(dict), tiny)

    assert (verdict.state, verdict.differences) == ("same", ())
    assert "au bit près" in verdict.sentence


@pytest.mark.parametrize(
    ("flip", "state", "said"),
    [
        (lambda said: value(said).__setitem__(0, 10.000000000000002), "input", "une valeur au moins"),
        (lambda said: said["asked"].update(period="2025"), "input", "la période"),
        (lambda said: said["asked"].update(outputs=["size"]), "input", "les résultats demandés"),
        (lambda said: said["asked"]["changes"][0].update(value=1.5), "input", "changement"),
        (lambda said: said.update(identity="f" * 64), "input", "son identité"),
        (lambda said: said["rules"].update(version="2"), "rules", "leur nom"),
        (lambda said: said["rules"].update(digest="1" * 64), "rules", "empreinte"),
        (lambda said: said["results"].update(sha256="0" * 64), "result", "empreinte"),
        (lambda said: said["results"]["columns"][0]["values"].__setitem__(1, 20.000002), "result", "ne sont pas ceux"),
        (lambda said: said["results"].update(columns=[]), "result", "ne sont pas ceux"),
        (lambda said: said["results"]["columns"][0].update(dtype="<f8"), "result", "largeur"),
    ],
    ids=["value", "period", "outputs", "change", "identity", "version", "digest", "hash", "result", "gone", "width"],
)
def test_what_was_flipped_is_named(tiny, flip, state, said) -> None:
    verdict = verify(flipped(flip), tiny)

    assert verdict.state == state
    assert said in verdict.sentence


def test_a_result_that_differs_is_told_with_what_is_found(tiny) -> None:
    verdict = verify(flipped(lambda said: said["results"]["columns"][0]["values"].__setitem__(1, 21.0)), tiny)

    assert [(one.field, one.row, one.said, one.found) for one in verdict.differences] == [("benefit", 1, 21.0, 20.0)]


@pytest.mark.parametrize(("rules", "why"), [({"version": "0.9"}, "version 0.9"), ({"digest": "e" * 64}, "même nom")])
def test_a_calculation_of_other_rules_is_not_said_to_be_false(tiny, rules, why) -> None:
    older = replace(Tiny.card, **rules)
    file = read(text_of(run_file(QUESTION, older, computed(QUESTION, older))))
    verdict = verify(file, tiny)

    assert verdict.state == "elsewhere"
    assert why in verdict.sentence
    assert "cela ne dit pas qu'il est faux" in verdict.sentence


def test_a_table_of_another_model_is_refused_in_a_sentence(tiny) -> None:
    def renamed(said):
        said["asked"]["table"]["household"] = said["asked"]["table"].pop("person")

    file = flipped(renamed)
    file = replace(file, identity=identity(file.asked, file.version, file.digest))

    with pytest.raises(NotARun, match="household"):
        verify(file, tiny)


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda table: table.clear(), "ce fichier n'en décrit pas"),
        (
            lambda table: table["person"]["columns"].append({**table["person"]["columns"][0], "field": "rate"}),
            "« rate »",
        ),
        (lambda table: table["person"]["columns"][0].update(field="said"), "type que"),
    ],
)
def test_a_table_that_the_model_would_not_understand_is_refused_in_a_sentence(tiny, change, because) -> None:
    file = flipped(lambda said: change(said["asked"]["table"]))
    file = replace(file, identity=identity(file.asked, file.version, file.digest))

    with pytest.raises(NotARun, match=because):
        verify(file, tiny)
