"""Fields are found by French words, whatever their accents and number; exact names first."""

import pytest

from parvis.core.simulators.catalogue import tree, wording
from parvis.core.simulators.catalogue.searching import Filters, Index
from parvis.core.simulators.contract import Choice, Field

RATE = "impot.bareme[1].rate"
FIELDS = (
    Field("impot_restant", "Impôt sur le revenu restant à payer", "output", "number", "EUR", "foyer", "year"),
    Field("credits", "Crédits d'impôt, déduits des revenus", "output", "number", "EUR", "foyer", "year"),
    Field("salaire_de_base", "Salaire de base", "input", "number", "EUR", "individu", "month"),
    Field("salaire_net", "Salaire net", "output", "number", "EUR", "individu", "month"),
    Field("loyer", "Loyer", "input", "number", "EUR", "menage", "month", description="Pour un primo-accédant."),
    Field(RATE, "Barème : tranche n° 2, taux", "parameter", "number", "1"),
    Field("impot.bareme[10].rate", "Barème : tranche n° 11, taux", "parameter", "number", "1"),
    Field("impot.bareme", "Barème", "parameter", "scale"),
    Field("impot.decote.seuil", "Seuil de la décote de l'impôt sur le revenu", "parameter", "number", "EUR"),
)
INDEX = Index(FIELDS)


def found(text="", **filters):
    return [one.name for one in INDEX.find(Filters(text=text, **filters)).entries]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("salaire_de_base", "salaire_de_base"),
        ("SALAIRE_NET", "salaire_net"),
        (RATE, RATE),
        ("impots sur les revenus", "impot_restant"),
        ("impôt sur le revenu", "impot_restant"),
        ("credit d’impot", "credits"),
        ("decotes", "impot.decote.seuil"),
        ("primo accedants", "loyer"),
        ("salair", "salaire_net"),
    ],
)
def test_the_best_comes_first(text, first) -> None:
    assert found(text)[0] == first


def test_every_word_must_be_there_and_otherwise_some() -> None:
    whole, partial = INDEX.find(Filters("salaire net")), INDEX.find(Filters("salaire girafe"))

    assert ([one.name for one in whole.entries], whole.is_partial) == (["salaire_net"], False)
    assert ({one.name for one in partial.entries}, partial.is_partial) == ({"salaire_net", "salaire_de_base"}, True)


@pytest.mark.parametrize("text", ["girafe", "le la", "%", "\x00", "'" * 200, "a" * 200])
def test_what_means_nothing_here_finds_nothing(text) -> None:
    assert found(text) == []


def test_without_words_everything_is_listed_as_a_person_counts() -> None:
    names = found()

    assert len(names) == len(FIELDS)
    assert names.index(RATE) < names.index("impot.bareme[10].rate")


def test_filters_narrow_and_each_facet_counts_under_the_others() -> None:
    result = INDEX.find(Filters(kind="output", entity="foyer"))

    assert {one.name for one in result.entries} == {"impot_restant", "credits"}
    assert result.counts["kind"] == {"output": 2}
    assert result.counts["entity"] == {"foyer": 2, "individu": 1}


def test_the_tree_is_walked_by_its_places() -> None:
    names = [one.name for one in FIELDS if one.kind == "parameter"]

    assert [(one.place, one.count) for one in tree.folders(names, "")] == [("impot", 4)]
    assert [one.place for one in tree.folders(names, "impot")] == ["impot.bareme", "impot.decote"]
    assert [one for one in names if tree.is_at(one, "impot.bareme")] == [RATE, "impot.bareme[10].rate", "impot.bareme"]
    assert [one.place for one in tree.above(RATE)] == ["impot", "impot.bareme", "impot.bareme.rate"]
    assert found(under="impot.decote") == ["impot.decote.seuil"]
    assert found(under="imp") == []


@pytest.mark.parametrize(
    ("value", "field", "said"),
    [
        (0.0683, FIELDS[5], "0,0683 (6,83\u202f%)"),
        (11294, FIELDS[0], "11\u202f294\u00a0€"),
        (1234.5, FIELDS[0], "1\u202f234,5\u00a0€"),
        (True, FIELDS[0], "oui"),
        (None, FIELDS[5], "n’existe plus"),
        (float("nan"), FIELDS[0], "non calculé"),
        ("2024-07-01", Field("d", "d", "input", "date"), "1er\u00a0juillet\u00a02024"),
        ("locataire", Field("d", "d", "input", "choice", choices=(Choice("locataire", "Locataire"),)), "Locataire"),
    ],
)
def test_values_are_said_with_all_their_digits_and_their_unit(value, field, said) -> None:
    assert wording.value(value, field) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2024", "l’année\u00a02024"),
        ("2024-03", "mars 2024"),
        ("1990:2100", "les années 1990 à 2100"),
        ("x", "x"),
        ("", ""),
    ],
)
def test_periods_are_said_in_french(period, said) -> None:
    assert wording.period(period) == said
