"""The text behind a rule is named in words that a person reads, where the model gives an address only."""

import pytest

from parvis.core.simulators.citing import named
from parvis.core.simulators.contract import Ref

SITE = "https://www.legifrance.gouv.fr"


def bare(address: str) -> Ref:
    return Ref(address, address)


@pytest.mark.parametrize(
    ("address", "title"),
    [
        (f"{SITE}/eli/decret/2020/12/30/2020-1789/jo/article_3", "Décret n° 2020-1789 du 30 décembre 2020, article 3"),
        (f"{SITE}/eli/ordonnance/2020/3/27/MTRX2008381R/jo/texte", "Ordonnance du 27 mars 2020"),
        (
            f"{SITE}/affichCodeArticle.do;jsessionid=5A?idArticle=LEGIARTI000028447486&cidTexte=LEGITEXT000006069577",
            "Code général des impôts, un article (Légifrance)",
        ),
        (f"{SITE}/codes/article_lc/LEGIARTI000046860759/2025-02-16", "Un article de loi (Légifrance)"),
        (f"{SITE}/jorf/id/JORFTEXT000042574431", "Texte publié (Légifrance)"),
        ("https://www.service-public.fr/particuliers/vosdroits/F2367", "service-public.fr"),
        (
            "https://forum-juridique.net-iris.fr/impots/1.html",
            "source donnée par le modèle (forum-juridique.net-iris.fr)",
        ),
        (f"{SITE}/eli/loi/2020/13/45/X/jo/texte", "Loi"),
    ],
)
def test_an_address_is_named_as_far_as_it_says(address: str, title: str) -> None:
    (found,) = named([bare(address)])

    assert found.title.replace("\u00a0", " ") == title
    assert found.href == address


def test_a_text_and_the_address_that_follows_it_are_one_and_what_has_a_title_keeps_it() -> None:
    article, page = Ref("Article L842-2 du code de la sécurité sociale"), bare(f"{SITE}/x?id=LEGIARTI0001")
    whole, alone = Ref("Décret du 1er mars", "https://a.example/"), Ref("Article 15 de la loi 2013-1278")

    assert named([article, page, whole, alone]) == (article._replace(href=page.href), whole, alone)
    assert named([alone, whole, whole]) == (alone, whole)
