"""Near contributions: found in spite of small words, and never those of the other side."""

import gzip
import json

import pytest

from parvis.core.processes.answering.resembling import ALIKE, Said, nearest


def said(number, text, side="", about="wording/article-1"):
    return Said(number, about, side, text)


SEED = said(1, "Ouvrir les données des cantines scolaires : menus, prix et provenance des produits.")


def test_the_same_idea_in_other_words_comes_first():
    found = nearest(
        SEED,
        [
            SEED,
            said(2, "Publier les menus des cantines, le prix et la provenance des produits servis à l'école."),
            said(3, "Que les députés répondent aux courriels des citoyens."),
            said(4, "Le prix des trains devrait être connu à l'avance."),
        ],
    )
    assert found[0].number == 2
    assert 3 not in [one.number for one in found]
    assert {"cantines", "menus"} & set(found[0].shared)


def test_small_words_in_common_are_not_an_idea_in_common():
    found = nearest(
        said(1, "Il est dans la loi que les uns et les autres"), [said(2, "Elle est dans le lac avec eux")]
    )
    assert found == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Pour la gratuité des transports scolaires", "for"),
            ("Pour la gratuité des transports scolaires", "against"),
        ),
        (("Il faut publier le code source des administrations", ""), ("Il ne faut pas publier le code source", "")),
        (("Publier le code source", ""), ("Je suis contre : publier le code source", "")),
        (
            ("Publier les menus. Oui, les menus.", ""),
            ("Ne pas publier les menus. Non, pas les menus des cantines.", ""),
        ),
        (
            ("Publier les menus des cantines, avec la date. La date, l'école, le format.", ""),
            ("Ne pas publier les menus des cantines, avec la date. La date, l'école, le format.", ""),
        ),
        (("Maintenir l'article sur le secret", ""), ("Supprimer l'article sur le secret", "")),
    ],
)
def test_for_is_never_put_with_against(one, other):
    assert nearest(said(1, *one), [said(2, *other)]) == ()


def test_two_negations_are_none_and_a_negation_elsewhere_turns_nothing():
    seed = said(1, "Publier les menus des cantines avec leurs prix.")
    near = [
        said(2, "Ne pas publier les menus des cantines sans leurs prix."),
        said(3, f"{seed.text} Rien de plus, non."),
    ]
    assert {one.number for one in nearest(seed, near)} == {2, 3}


def test_an_opinion_on_one_article_is_not_answered_with_another_article_s():
    assert nearest(SEED, [said(2, SEED.text, about="wording/article-2")]) == ()


def test_the_order_does_not_depend_on_the_order_given():
    others = [said(n, f"Ouvrir les données des cantines {'et des hôpitaux ' * (n % 3)}{n}") for n in range(2, 30)]
    assert nearest(SEED, others) == nearest(SEED, others[::-1])


def test_on_the_real_consultation_each_contribution_finds_its_copy_first(data):
    """Every fortieth proposal of 2015 again, its sentences in the reverse order: found first, and ticked."""
    path = data / "participation" / "republique-numerique" / "propositions.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [text for line in lines if len(text := words_of(json.loads(line)).strip()) > 200]
    corpus = [said(rank, text) for rank, text in enumerate(texts)]
    for seed in corpus[::40]:
        turned = ". ".join(reversed(seed.text.split(". ")))
        found = nearest(said(10_000, turned), corpus)
        assert found[0].number == seed.number or texts[found[0].number] == seed.text
        assert found[0].nearness >= ALIKE


def words_of(row):
    return " ".join(value for value in row.values() if isinstance(value, str))
