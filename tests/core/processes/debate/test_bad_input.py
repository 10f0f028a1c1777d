"""What cannot be kept is refused with a sentence, and what was typed is not lost."""

import json

import pytest

from parvis.core.processes.checking import FieldsRefused, check
from parvis.core.processes.kinds import KINDS, Field, FieldType, UnreadableQuestion, fields_of, question

TEXT = Field("text", "Texte", max_length=10)
CHOICE = Field("one", "Choix", FieldType.CHOICE, choices={"a": "Ah", "b": "Bé"})
MANY = Field("many", "Plusieurs", FieldType.CHOICES, choices={"a": "Ah", "b": "Bé"}, is_required=False)
SCALE = Field("scale", "Note", FieldType.SCALE, lowest=1, highest=5)
LINK = Field("link", "Adresse", FieldType.ADDRESS)
LINE = Field("line", "Ligne", FieldType.LINE)
RUN = Field("run", "Calcul", FieldType.RUN)
ONLY = Field("why", "Pourquoi", shown_if=("one", "b"))


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        (TEXT, "  Bonjour\r\n", "Bonjour"),
        (LINE, " a \n b ", "a b"),
        (CHOICE, "a", "a"),
        (MANY, ["b", "a", "b"], ["b", "a"]),
        (SCALE, "5", 5),
        (SCALE, 1, 1),
        (LINK, "https://exemple.example/a?b=c", "https://exemple.example/a?b=c"),
        (RUN, f" {'0f' * 32} ", "0f" * 32),
        (RUN, f"https://exemple.example/simulateurs/calculs/{'0f' * 32}/?a=b", "0f" * 32),
    ],
)
def test_what_is_sound_is_kept_in_one_form(field, given, kept):
    assert check([field], {field.name: given}) == {field.name: kept}


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        (TEXT, "", "« Texte » manque"),
        (TEXT, "   ", "« Texte » manque"),
        (TEXT, None, "« Texte » manque"),
        (TEXT, "onze lettres", "fait 12 caractères, 10 au plus : raccourcissez-le"),
        (TEXT, "a\x00b", "octets qui ne sont pas du texte"),
        (TEXT, "a\ufffdb", "octets qui ne sont pas du texte"),
        (TEXT, f"a{chr(0xD800)}b", "octets qui ne sont pas du texte"),
        (TEXT, "a\x1bb", "octets qui ne sont pas du texte"),
        (TEXT, "a\u202eb", "marques invisibles"),
        (TEXT, ["a"], "attend un texte"),
        (TEXT, {"a": {"b": {}}}, "attend un texte"),
        (CHOICE, "c", "choisissez parmi Ah, Bé"),
        (CHOICE, ["a"], "choisissez parmi Ah, Bé"),
        (MANY, "a", "attend une liste"),
        (MANY, ["a", "z"], "choisissez parmi"),
        (SCALE, "0", "de 1 à 5"),
        (SCALE, "6", "de 1 à 5"),
        (SCALE, "4.5", "de 1 à 5"),
        (SCALE, "٣", "de 1 à 5"),
        (SCALE, "9" * 5000, "de 1 à 5"),
        (RUN, "0f" * 31, "l'adresse de la page d'un calcul publié"),
        (RUN, "0f" * 33, "l'adresse de la page d'un calcul publié"),
        (RUN, f"{'0f' * 32} {'0e' * 32}", "l'adresse de la page d'un calcul publié"),
        (LINK, "javascript:alert(1)", "https://"),
        (LINK, "https://", "https://"),
        (LINK, "https://[", "https://"),
        (LINK, 'https://a.example/"onmouseover="', "https://"),
        (LINK, f"https://a.example/{'a' * 2000}", "https://"),
    ],
)
def test_what_is_not_is_refused_by_a_sentence(field, given, sentence):
    with pytest.raises(FieldsRefused) as caught:
        check([field], {field.name: given})
    assert list(caught.value.faults) == [field.name]
    assert sentence in caught.value.faults[field.name]


def test_every_fault_is_said_at_once_and_a_field_that_does_not_exist_is_one():
    with pytest.raises(FieldsRefused) as caught:
        check([TEXT, SCALE], {"text": "", "scale": "9", "color": "rouge"})
    assert list(caught.value.faults) == ["text", "scale", "color"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [({"one": "a"}, {"one": "a"}), ({"one": "a", "why": "Rien."}, {"one": "a"}), ({"one": "b", "why": "Si."}, None)],
)
def test_a_question_is_asked_only_where_its_condition_holds(given, kept):
    assert check([CHOICE, ONLY], given) == (given if kept is None else kept)


def test_a_condition_that_holds_makes_the_answer_due():
    with pytest.raises(FieldsRefused, match="« Pourquoi » manque"):
        check([CHOICE, ONLY], {"one": "b"})


@pytest.mark.parametrize(
    "written",
    [
        {"name": "a", "title": "A"},
        {"name": "a", "title": "A", "type": "couleur"},
        {"name": "a", "title": "A", "type": "choice"},
        {"name": "a", "title": "A", "type": "text", "colour": 1},
    ],
)
def test_a_survey_question_that_cannot_be_asked_is_refused_when_the_debate_opens(written, debate):
    with pytest.raises(UnreadableQuestion):
        debate("consultation", metadata={"questions": [written]})


def test_a_survey_asks_its_process_s_own_questions():
    metadata = {"questions": [{"name": "q", "title": "Q", "type": "scale", "highest": 3, "shown_if": ["p", "oui"]}]}
    (asked,) = fields_of(KINDS.filled()["survey-answer"], metadata)
    assert asked == Field("q", "Q", FieldType.SCALE, highest=3, shown_if=("p", "oui"))
    assert question(json.loads(json.dumps(metadata["questions"][0]))) == asked
