"""Phrases of amending law, one by one: what they do, where, and what is not understood."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.texts.amending import Context, NotUnderstood, Understood, rate, read
from parvis.core.texts.documents import Passage
from parvis.core.texts.operations import Act, Operation, Refused, Target, apply

ARTICLE = Passage(
    "9",
    "9",
    "Le maire préside le conseil. Il convoque le conseil chaque mois.\n"
    "Il peut :\n"
    "1° Nommer un adjoint ;\n"
    "2° Fixer l'ordre du jour.\n"
    "Un décret précise les délais. Il fixe la durée des séances. Il entre en vigueur demain.",
)

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "phrases.jsonl").read_text(encoding="utf-8").splitlines()
]
"""Phrases, each with the words of ARTICLE that it changes and what they become."""


def understand(phrase: str) -> tuple[Operation, ...] | NotUnderstood:
    """Return what one phrase does; the law that it quotes may follow on its own lines."""
    found = [one for one in read(phrase) if isinstance(one, (Understood, NotUnderstood))]
    wrong = [one for one in found if isinstance(one, NotUnderstood)]
    if wrong or not found:
        return wrong[0] if wrong else NotUnderstood(phrase, "n'ordonne aucune modification")
    return tuple(operation for one in found if isinstance(one, Understood) for operation in one.operations)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["phrase"][:60])
def test_a_phrase_does_what_it_says(case: dict[str, str]) -> None:
    operations = understand(case["phrase"])

    assert not isinstance(operations, NotUnderstood), operations
    assert {one.target.article for one in operations} == {"9"}
    assert ARTICLE.words.count(case["old"]) == 1
    assert apply(ARTICLE, operations).words == ARTICLE.words.replace(case["old"], case["new"])


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("La présente loi entre en vigueur demain.", "n'ordonne aucune modification"),
        ("L'article 9 est remplacé avec soin par le maire.", "forme inconnue"),
        ("Au trucième alinéa de l'article 9, le mot : « a » est supprimé.", "lieu non compris"),
        ("Au premier alinéa, le mot : « a » est supprimé.", "article non nommé"),
        ("Les articles 1er à 5 de la loi n° 88-227 du 11 mars 1988 sont abrogés.", "suite d'articles non énumérée"),
        ("L'article 9 est abrogé, sous réserve du II.", "condition ou date d'effet"),
        ("L'intitulé du titre Ier est ainsi rédigé : « Des lieux ».", "tableau ou intitulé"),
        ("L'article 9 est complété par un alinéa ainsi rédigé :", "rien n'est cité"),
        (
            "Les 1° et 2° de l'article 9 sont ainsi rédigés :\n« Un.\n« Deux. »",
            "plusieurs lieux récrits d'un bloc",
        ),
        ("Au même alinéa de l'article 9, le mot : « a » est supprimé.", "lieu non compris"),
        (
            "Après la même phrase de l'article 9, est insérée une phrase ainsi rédigée : « Il siège. »",
            "lieu non compris",
        ),
        ("À l'article 9 de la même loi, le mot : « a » est supprimé.", "texte non nommé"),
        (
            "Après le mot : « a », la fin du second alinéa de l'article 9, de l'article 10 est supprimée.",
            "lieu non compris",
        ),
    ],
)
def test_what_is_not_understood_says_why(phrase: str, why: str) -> None:
    found = understand(phrase)

    assert isinstance(found, NotUnderstood)
    assert found.why == why


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("À l'article 9, le mot : « conseil » est supprimé.", "« conseil » y est 2 fois"),
        ("À l'article 9, le mot : « préfet » est remplacé par le mot : « maire ».", "« préfet » y est 0 fois"),
        ("À l'article 9, le mot : « mair » est supprimé.", "« mair » y est 0 fois"),
        ("Le douzième alinéa de l'article 9 est supprimé.", "5 alinéa.s. là où la modification vise le rang 12"),
        ("Le second alinéa de l'article 9 est supprimé.", "5 alinéa.s. là où la modification vise la seconde de deux"),
        ("Le 7° de l'article 9 est supprimé.", "« 7° » n’y est pas"),
        ("Au début du premier alinéa de l'article 9, le mot : « maire » est supprimé.", None),
        ("À la fin du premier alinéa de l'article 9, le mot : « maire » est supprimé.", "« maire » y est 0 fois"),
        ("Après l'article 8, il est inséré un article 9 ainsi rédigé :\n« Art. 9. - Rien. »", "existe déjà"),
    ],
)
def test_words_that_are_not_found_as_said_are_refused(phrase: str, sentence: str | None) -> None:
    operations = understand(phrase)
    assert not isinstance(operations, NotUnderstood)
    if sentence is None:
        assert apply(ARTICLE, operations).words.startswith("Le préside")
    else:
        with pytest.raises(Refused, match=sentence):
            apply(ARTICLE, operations)


def test_two_orders_on_the_same_words_are_refused() -> None:
    target = Target(article="9")
    both = (
        Operation(Act.REPLACE, target, "préside le conseil", "siège"),
        Operation(Act.DELETE, target, "maire préside"),
    )

    with pytest.raises(Refused, match="deux modifications touchent les mêmes mots"):
        apply(ARTICLE, both)


def test_alineas_are_counted_in_the_article_as_it_was() -> None:
    operations = understand(
        "L'article 9 est ainsi modifié :\n1° Le premier alinéa est supprimé ;\n"
        "2° Au deuxième alinéa, le mot : « peut » est remplacé par le mot : « doit »."
    )

    assert not isinstance(operations, NotUnderstood)
    assert apply(ARTICLE, operations).words.startswith("Il doit :\n1° Nommer")


def test_the_same_law_is_the_last_one_named() -> None:
    context = Context()
    first = list(read("À l'article 1er de la loi n° 78-753 du 17 juillet 1978, le mot : « a » est supprimé.", context))
    second = list(read("Le premier alinéa de l'article 2 de la même loi est supprimé.", context))

    assert [one.operations[0].target.text for one in (*first, *second)] == ["loi n° 78-753 du 17 juillet 1978"] * 2


def test_several_articles_each_have_their_operation() -> None:
    operations = understand(
        "Le dernier alinéa des articles L. O. 489, L. O. 516 et L.O. 544 du code électoral est supprimé."
    )

    assert not isinstance(operations, NotUnderstood)
    assert [one.target.article for one in operations] == ["LO489", "LO516", "LO544"]


def test_a_place_said_of_several_laws_is_found_in_each() -> None:
    operations = understand(
        "Le deuxième alinéa de l'article 46 de la loi n° 84-16 du 11 janvier 1984, de l'article 65 de la loi n° 84-53 "
        "du 26 janvier 1984 est supprimé et le 4° de l'article 3 de la loi n° 86-33 du 9 janvier 1986 est abrogé."
    )

    assert not isinstance(operations, NotUnderstood)
    assert [(one.act, one.target.article, one.target.text[:13], len(one.target.places)) for one in operations] == [
        (Act.REMOVE, "46", "loi n° 84-16 ", 1),
        (Act.REMOVE, "65", "loi n° 84-53 ", 1),
        (Act.REMOVE, "3", "loi n° 86-33 ", 1),
    ]


def test_two_numbers_written_again_each_have_their_lines() -> None:
    operations = understand("Les 1° et 2° de l'article 9 sont ainsi rédigés :\n« 1° Un ;\n« 2° Deux.\n« Trois. »")

    assert not isinstance(operations, NotUnderstood)
    assert "\n1° Un ;\n2° Deux.\nTrois.\nUn décret" in apply(ARTICLE, operations).words


def test_the_end_of_the_sentence_is_that_of_the_words_quoted() -> None:
    operations = understand(
        "Au dernier alinéa de l'article 9, après le mot : « fixe », la fin de la phrase est supprimée."
    )

    assert not isinstance(operations, NotUnderstood)
    assert apply(ARTICLE, operations).words.endswith("les délais. Il fixe. Il entre en vigueur demain.")


def test_new_articles_are_created_with_their_words() -> None:
    operations = understand(
        "Après le chapitre IV du titre V du code civil, il est inséré un chapitre IV bis ainsi rédigé :\n"
        "« Chapitre IV bis\n« Des bancs\n« Art. 20-1. - Un banc.\n« Il est bleu.\n« Art. 20-2. - Deux bancs. »"
    )

    assert not isinstance(operations, NotUnderstood)
    assert [(one.act, one.target.article, one.words) for one in operations] == [
        (Act.CREATE, "20-1", "Un banc.\nIl est bleu."),
        (Act.CREATE, "20-2", "Deux bancs."),
    ]


def test_nothing_is_understood_under_a_place_that_is_not() -> None:
    found = list(
        read(
            "L'article 9 est ainsi modifié :\n1° Dans la colonne de droite :\na) Le mot : « maire » est supprimé ;\n"
            "2° Le mot : « délais » est supprimé."
        )
    )

    assert [one.why for one in found if isinstance(one, NotUnderstood)] == ["lieu non compris en tête d'une liste"] * 2
    assert [one.phrase for one in found if isinstance(one, Understood)] == ["Le mot : « délais » est supprimé."]


def test_a_list_ends_where_a_line_bears_no_mark() -> None:
    found = list(
        read(
            "L'article 9 est ainsi modifié :\n1° Le mot : « maire » est supprimé ;\n"
            "L'article 10 est ainsi modifié :\n1° Le mot : « maire » est supprimé."
        )
    )

    assert [one.operations[0].target.article for one in found if isinstance(one, Understood)] == ["9", "10"]


def test_a_head_of_several_articles_is_said_of_each() -> None:
    found = understand("Les articles 3 et 4 sont ainsi modifiés :\n1° Le premier alinéa est supprimé.")

    assert not isinstance(found, NotUnderstood)
    assert [one.target.article for one in found] == ["3", "4"]


def test_what_is_struck_out_or_quoted_orders_nothing() -> None:
    words = (
        "I. - (Supprimé)\nII. - L'article 9 est ainsi rédigé :\n« Art. 9. - Le mot est supprimé.\n"
        "« L'article 3 est abrogé. »\nIII. - La présente loi est applicable à Mayotte."
    )
    found = list(read(words))

    assert [type(one) for one in found] == [Understood]
    assert rate(found).missing == 0.0


@given(st.text('ab c.,;°1I\n«»"“”⟦⟧', max_size=60), st.text("ab. \n1°", max_size=40))
def test_any_words_are_read_or_refused_never_broken(phrase: str, words: str) -> None:
    found = understand(f"À l'article 1er, {phrase} est supprimé.")
    if not isinstance(found, NotUnderstood):
        try:
            made = apply(Passage("1er", "1er", words), found)
        except Refused:
            return
        assert len(made.words) <= len(words)


WORDS = st.text("abcdef", min_size=1, max_size=6)


@given(st.lists(WORDS, min_size=3, max_size=12, unique=True), WORDS, st.data())
def test_replacing_one_word_changes_that_word_only(words: list[str], new: str, data) -> None:
    old = data.draw(st.sampled_from(words))
    passage = Passage("1er", "1er", " ".join(words))
    found = understand(f"À l'article 1er, le mot : « {old} » est remplacé par le mot : « {new} ».")

    assert not isinstance(found, NotUnderstood)
    assert apply(passage, found).words.split(" ") == [new if word == old else word for word in words]
