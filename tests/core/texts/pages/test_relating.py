"""A bill leads to the code in force by what the data state, and each link says how it was made."""

from datetime import date

import pytest

from core.texts.pages.small import document
from parvis.core.texts import actions, relating
from parvis.core.texts.models import Reference

RULE = "chaque commune tient à jour la carte de ses places publiques et la publie dans un format ouvert et gratuit"


def code(*pairs, changes=None, since=None):
    units = [uid for uid, _ in pairs]
    return relating.Codified(
        "Code des places publiques",
        document(*pairs),
        changes or {uid: [] for uid in units},
        since or dict.fromkeys(units, "2020-01-01"),
    )


def bill(*pairs, law="", on=None, renumbered=None):
    return relating.Enacted(document(*pairs), law, on, renumbered or {})


def test_a_number_cited_with_its_code_is_a_link():
    text = bill(("1er", "À l'article L. 12-3 du code des places publiques, le mot « deux » est supprimé."))
    (found,) = relating.references(text, code(("L12-3", "Deux places.")))

    assert (found.unit, found.target, found.found_by) == ("1er", "L12-3", relating.NUMBER)
    assert "L. 12-3 du code des places publiques" in found.evidence


def test_the_same_number_in_another_code_is_not():
    text = bill(("1er", "À l'article L. 12-3 du code rural, le mot « deux » est supprimé."))

    assert relating.references(text, code(("L12-3", "Deux places."))) == ()


def test_the_same_code_is_the_last_named():
    words = (
        "L'article L. 1 du code des places publiques est abrogé. À l'article L. 2 du même code, on lit : « place »."
    )
    found = relating.references(bill(("1er", words)), code(("L1", "Un."), ("L2", "Deux.")))

    assert [one.target for one in found] == ["L1", "L2"]


def test_what_the_code_says_of_the_law_is_a_link_to_the_article_of_the_bill():
    changes = {"L1": [{"law": "LOI n°2026-12 du 2 mars 2026 - art. 4", "kind": "MODIFIE", "signed": "2026-03-02"}]}
    text = bill(("3", "Texte."), law="Loi n° 2026-12 du 2 mars 2026", on=date(2026, 3, 3), renumbered={"3": "4"})
    (found,) = relating.references(text, code(("L1", "Un."), changes=changes))

    assert (found.unit, found.found_by) == ("3", relating.LAW)


def test_a_run_of_common_words_is_a_link_and_is_quoted():
    (found,) = relating.references(bill(("2", f"Désormais, {RULE}.")), code(("L7", f"En tout temps {RULE}, dit-on.")))

    assert found.found_by == relating.WORDS
    assert found.weight == len(relating.WORD.findall(RULE))
    assert "chaque commune tient à jour" in found.evidence


def test_a_shorter_run_is_chance():
    words = " ".join(RULE.split()[: relating.SHORTEST_RUN - 1])

    assert relating.references(bill(("2", words)), code(("L7", words))) == ()


EMPOWERS = (
    "Le Gouvernement est habilité à prendre par ordonnance les mesures nécessaires pour modifier le code des places "
    "publiques. L'ordonnance est prise dans un délai de quatre mois à compter de la promulgation de la présente loi."
)


@pytest.mark.parametrize(("signed", "count"), [("2026-06-30", 1), ("2026-07-30", 0), ("2026-02-01", 0)])
def test_an_ordinance_within_its_delay_is_a_link(signed, count):
    changes = {"L1": [{"law": "Ordonnance n°2026-9 - art.", "kind": "CREE", "signed": signed}]}
    text = bill(("9", EMPOWERS), law="Loi n° 2026-12", on=date(2026, 3, 3))
    found = relating.references(text, code(("L1", "Un."), changes=changes))

    assert [one.found_by for one in found] == [relating.ORDINANCE] * count


@pytest.fixture
def valter(real, at):
    (text,) = real("bill", "bills/pjl15-034")
    (in_force,) = real("code", "crpa")
    actions.relate(text=text, at=at)
    return text, in_force


def test_loi_valter_leads_to_the_code_in_force(valter, at):
    text, in_force = valter
    found = {(one.unit.uid, one.target.uid): one for one in Reference.objects.select_related("unit", "target")}

    assert found["3", "L324-1"].found_by == "words"
    assert found["3", "L324-1"].weight == 99
    assert found["9", "L321-1"].found_by == "ordinance"
    assert "n°2016-307" in found["9", "L321-1"].evidence
    assert len(found) == 35
    assert all(one.evidence.endswith(".") for one in found.values())
    assert actions.relate(text=in_force, at=at) == actions.relate(text=text, at=at) == 35


def test_one_follows_the_bill_to_the_code_and_back(valter, client):
    there = client.get("/textes/pjl15-034/articles/3/").content.decode()
    back = client.get("/textes/crpa/articles/L324-1/").content.decode()

    assert "/textes/crpa/articles/L324-1/" in there
    assert "99\u00a0mots qui se suivent sont les mêmes" in there
    assert "/textes/pjl15-034/articles/3/" in back
    assert "/textes/crpa/articles/L321-1/" in client.get("/textes/pjl15-034/").content.decode()
