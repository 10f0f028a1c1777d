"""The catalogue of benefits for the young: nothing unknown excludes, nothing unread is called met."""

import html
import json
import os
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from parvis.commons.calculators.youth_benefits import CALCULATOR
from parvis.commons.engines.youth_benefits import GIVEN, SAYING, UNREAD, CatalogueMissing, YouthBenefits, prepare
from parvis.core.simulators.contract import Change, RefusedInput, Rows, Table, UnknownField, WrongValue
from parvis.core.simulators.hosting import installing
from parvis.core.simulators.hosting.calling import host
from parvis.core.simulators.identity import Asked

ADULT = {"type": "age", "operator": ">=", "value": "18"}


def benefit(
    *conditions: dict[str, Any], profiles: tuple[dict[str, Any], ...] = (), prose: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "label": "aide fictive",
        "link": "https://parvis.example/aide",
        "conditions_generales": conditions,
        "profils": profiles,
        "conditions": prose,
    }


PUPIL_OR_WORKER = benefit(profiles=({"type": "lyceen", "conditions": [ADULT]}, {"type": "salarie"}))
SCHOLAR = benefit(profiles=({"type": "lyceen", "conditions": [{"type": "boursier"}]},))
QUOTIENT, YEARLY = (
    benefit({"type": "quotient_familial", "operator": "<=", "value": "900", "period": period})
    for period in ("month", "year")
)


def stands(said: dict[str, Any], **answers: object) -> str:
    engine = YouthBenefits(json.dumps({"aide": said}))
    return engine.evaluate(CALCULATOR.table(answers), ["aide"], "2024")[("aide", "2024")][0]


@pytest.mark.parametrize(
    ("said", "answers", "expected"),
    [
        (benefit(ADULT), {"age": 18}, "remplies"),
        (benefit(ADULT), {"age": 17}, "exclue"),
        (benefit(ADULT), {}, "a_verifier"),
        (benefit(ADULT, {"type": "formation_sanitaire_social"}), {"age": 20}, "a_verifier"),
        (benefit(ADULT, {"type": "formation_sanitaire_social"}), {"age": 2}, "exclue"),
        (benefit({"type": "departements", "values": ["69"]}), {"departement": "69"}, "remplies"),
        (benefit({"type": "departements", "values": ["69"]}), {"departement": "01"}, "exclue"),
        (benefit({"type": "communes", "values": ["69123"]}), {"departement": "69"}, "a_verifier"),
        (benefit({"type": "communes", "values": ["69123"]}), {"departement": "38"}, "exclue"),
        (benefit({"type": "communes", "values": ["97411"]}), {"departement": "974"}, "a_verifier"),
        (benefit({"type": "communes", "values": ["75056"]}), {"commune": "75111"}, "remplies"),
        (benefit({"type": "communes", "values": ["75056"]}), {"commune": "69123"}, "exclue"),
        (QUOTIENT, {"quotient_familial": 901.0}, "exclue"),
        (YEARLY, {"quotient_familial": 901.0}, "a_verifier"),
        (PUPIL_OR_WORKER, {"profil": "lyceen", "age": 16}, "exclue"),
        (PUPIL_OR_WORKER, {"profil": "salarie", "age": 16}, "remplies"),
        (SCHOLAR, {"profil": "lyceen", "boursier": True}, "remplies"),
        (SCHOLAR, {"profil": "lyceen", "boursier": False}, "exclue"),
    ],
)
def test_a_benefit_stands_as_its_conditions_do(
    said: dict[str, Any], answers: dict[str, object], expected: str
) -> None:
    assert stands(said, **answers) == expected


def of(profile: str) -> dict[str, Any]:
    return benefit(profiles=({"type": profile},))


@pytest.mark.parametrize(
    ("said", "profiles", "expected"),
    [
        # Whoever is in studies is what the catalogue calls « etudiant », at school too.
        ("enseignement_superieur", ("enseignement_superieur", "etudiant"), "remplies"),
        ("lyceen", ("lyceen", "etudiant"), "remplies"),
        ("collegien", ("collegien", "etudiant"), "remplies"),
        ("enseignement_superieur", ("lyceen", "collegien", "chomeur", "salarie"), "exclue"),
        ("lyceen", ("enseignement_superieur", "collegien", "service_civique", "inactif"), "exclue"),
        ("etudiant", ("lyceen", "collegien", "enseignement_superieur"), "a_verifier"),
        ("etudiant", ("salarie", "chomeur", "independant"), "exclue"),
        ("chomeur", ("etudiant", "lyceen", "enseignement_superieur", "salarie", "inactif"), "exclue"),
        # A contract is a pupil's, a student's or a wage-earner's.
        ("apprenti", ("etudiant", "lyceen", "enseignement_superieur", "salarie"), "a_verifier"),
        ("apprenti", ("chomeur", "independant", "professionnalisation"), "exclue"),
        *(
            (said, ("apprenti", "stagiaire", "beneficiaire_rsa", "parent", "situation_handicap"), "a_verifier")
            for said in ("lyceen", "enseignement_superieur", "etudiant", "chomeur", "salarie", "inactif")
        ),
        ("parent", ("chomeur", "salarie", "etudiant", "lyceen", "situation_handicap"), "a_verifier"),
        ("parent", ("parent",), "remplies"),
    ],
)
def test_an_answer_says_and_denies_no_more_of_a_person_than_it_does(
    said: str, profiles: tuple[str, ...], expected: str
) -> None:
    assert {profile: stands(of(profile), profil=said) for profile in profiles} == dict.fromkeys(profiles, expected)


def test_what_goes_with_any_activity_is_asked_apart_and_decides() -> None:
    assert stands(of("parent"), profil="chomeur", parent=True) == "remplies"
    assert stands(of("parent"), profil="chomeur", parent=False) == "exclue"
    assert stands(of("parent"), profil="parent", parent=False) == "remplies"
    assert stands(of("futur"), profil="chomeur") == "a_verifier"

    asked = YouthBenefits(json.dumps({"aide": of("parent")}))
    assert asked.missing(CALCULATOR.table({}), ["aide"]) == ["profil", "parent"]


def test_everyone_is_answered_in_one_table() -> None:
    engine = YouthBenefits(json.dumps({"adulte": benefit(ADULT), "tous": benefit()}))
    table = Table({"personne": Rows(3, {("age", "eternity"): np.array([17.0, 18.0, np.nan])})})
    given = engine.evaluate(table, ["aides_possibles", "aides_aux_conditions_remplies"], "2024")

    assert given[("aides_possibles", "2024")].tolist() == [1, 2, 2]
    assert given[("aides_aux_conditions_remplies", "2024")].tolist() == [1, 2, 1]


def test_an_explanation_says_what_the_catalogue_says_in_words_only() -> None:
    engine = YouthBenefits(json.dumps({"aide": benefit(ADULT, prose=("Habiter <b>ici</b>.",))}))
    answer, age = engine.explain(CALCULATOR.table({"age": 20}), "aide", "2024")

    assert answer.sentence == "À vérifier par vous-même : Habiter ici."
    assert answer.refs[0].href == "https://parvis.example/aide"
    assert (age.label, age.value) == ("Âge >= 18", "oui")


def test_what_it_cannot_do_is_refused() -> None:
    engine, person = YouthBenefits(json.dumps({"aide": benefit()})), CALCULATOR.table({})

    with pytest.raises(UnknownField, match="« bourse »"):
        engine.evaluate(person, ["bourse"], "2024")
    with pytest.raises(RefusedInput, match="pas de paramètre"):
        engine.evaluate(person, ["aide"], "2024", [Change("age", 1, np.datetime64("2024").astype(object))])


@pytest.mark.parametrize(
    "given", [{"departement": "Rhône"}, {"departement": "69 "}, {"commune": "75011"}, {"profil": "lycée"}]
)
def test_what_would_exclude_every_benefit_of_a_kind_is_refused_whatever_the_door(given: dict[str, str]) -> None:
    columns = {(name, "eternity"): np.array([value]) for name, value in given.items()}
    engine = YouthBenefits(json.dumps({"aide": benefit()}))

    with pytest.raises(WrongValue, match=next(iter(given.values()))):
        engine.evaluate(Table({"personne": Rows(1, columns)}), ["aide"], "2024")


@pytest.mark.parametrize("is_set", [True, False])
def test_without_its_catalogue_it_says_what_to_do(tmp_path: Path, *, is_set: bool) -> None:
    before = os.environ.pop("PARVIS_DATA", None)
    if is_set:
        os.environ["PARVIS_DATA"] = str(tmp_path)
    try:
        with pytest.raises(CatalogueMissing, match="posez-y"):
            prepare(tmp_path)
    finally:
        os.environ.pop("PARVIS_DATA", None)
        os.environ.update({} if before is None else {"PARVIS_DATA": before})


def test_the_real_catalogue_is_read_and_every_condition_has_french_words(data: Path) -> None:
    real = host("aides-jeunes")
    installing.install(real.declared, tell=lambda _step: None)
    asked = [
        Asked("aides-jeunes", CALCULATOR.table(answers), ("aides_possibles",), "2024")
        for answers in CALCULATOR.cases.values()
    ]
    counts = [int(real.evaluate(one).columns[("aides_possibles", "2024")][0]) for one in asked]
    read = json.loads((real.engine.prepared / "image" / "benefits.json").read_text())

    assert len(read) == 377  # 431, less 54 that its authors withhold
    assert all(0 < count < 100 for count in counts)
    types = {one["type"] for said in read.values() for one in said["conditions_generales"]}
    types |= {
        one["type"]
        for said in read.values()
        for part in said.get("profils") or []
        for one in part.get("conditions") or []
    }
    assert types <= {*UNREAD, *GIVEN}
    assert "quotient_familial" in real.missing(asked[0])
    assert {profile["type"] for said in read.values() for profile in said.get("profils") or []} <= set(SAYING)


def named(found: YouthBenefits, **answers: object) -> set[str]:
    person = CALCULATOR.table({"age": 20, **answers})
    states = found.evaluate(person, list(found.benefits), "2024")
    return {slug for (slug, _), stands in states.items() if stands[0] != "exclue"}


def test_a_student_loses_no_benefit_for_the_word_that_the_catalogue_uses(data: Path, tmp_path: Path) -> None:
    prepare(tmp_path)
    found = YouthBenefits((tmp_path / "benefits.json").read_text("utf-8"))

    in_lyon = named(found, profil="enseignement_superieur", region="84", departement="69")
    in_paris = named(found, profil="enseignement_superieur", region="11", departement="75")
    at_school = named(found, profil="lyceen", region="11", departement="75")

    assert {"auvergne-rhone-alpes-bourse-merite"} <= in_lyon
    assert {"region-ile-de-france-carte-imagine-r-etudiants", "ville_paris_aide_logement_etudiant_aile"} <= in_paris
    assert "region-ile-de-france-carte-scolaire-bus-lignes-regulieres" in at_school


@pytest.mark.django_db
def test_a_person_reads_which_benefits_nothing_excludes_and_where_to_ask(client: Client, data: Path) -> None:
    installing.install(host("aides-jeunes").declared, tell=lambda _step: None)
    page = client.post(
        "/simulateurs/aides-jeunes/calculer/aides-jeunes/", CALCULATOR.cases["Apprenti de 20 ans à Lyon"]
    )
    text = html.unescape(page.content.decode())

    assert page.status_code == 200
    assert re.search(r"Rien n.exclut\s+\d+", text)
    assert "https://www.auvergnerhonealpes.fr/passregion" in text
    assert "Pour le catalogue tel qu'il est installé ici" in text
    told = re.sub(r'href="[^"]*"', "", text)  # a benefit's own address may hold a year
    assert "2024" not in told.partition('id="partager"')[0].partition("Identité du calcul")[0]


def test_its_version_is_that_of_the_catalogue_installed() -> None:
    first, again, other = (YouthBenefits(json.dumps({"aide": said})) for said in (SCHOLAR, SCHOLAR, QUOTIENT))

    assert first.card.version == again.card.version != other.card.version
