"""Every question: what its file says of itself, its answer on a table small enough to check by hand."""

import re
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from parvis.accountability.registers.procurement import FOLDER
from parvis.core.registers.questions import ask

QUESTIONS = {path.stem: path.read_text() for path in sorted((FOLDER / "questions").glob("*.sql"))}
CITY, STATE = "21690123100011", "13001898900017"
OPEN, ADAPTED = "Appel d'offres ouvert", "Procédure adaptée"
DIRECT = "Marché passé sans publicité ni mise en concurrence préalable"

CONTRACTS = [
    {
        "uid": "A1",
        "buyer_id": CITY,
        "buyer_name": "Ville",
        "object": "Rue",
        "cpv": "45233000",
        "procedure": OPEN,
        "amount": 1_000,
        "notified_on": date(2024, 1, 31),
        "published_on": date(2024, 3, 31),  # two months, to the day
        "bids_received": 1,
        "place_code": "69001",
        "duration_months": 12,
        "source": "profil",
    },
    {
        "uid": "A2",
        "buyer_id": CITY,
        "buyer_name": "Ville",
        "object": "Pont",
        "cpv": "45221000",
        "procedure": ADAPTED,
        "amount": 3_000,
        "notified_on": date(2024, 1, 10),
        "published_on": date(2024, 4, 1),  # late
        "bids_received": 3,
        "source": "profil",
    },
    {
        "uid": "A3",
        "buyer_id": CITY,
        "buyer_name": "Ville",
        "object": "Entretien",
        "cpv": "77310000",
        "procedure": OPEN,
        "amount": 500_000,
        "is_framework": True,
        "notified_on": date(2024, 2, 5),
        "source": "profil",
    },
    {
        "uid": "B1",
        "buyer_id": STATE,
        "object": "Logiciel",
        "cpv": "48000000",
        "procedure": DIRECT,
        "amount": 0,
        "published_on": date(2024, 5, 1),
        "bids_received": 1,
        "source": "autre",
    },
    {
        "uid": "B2",
        "buyer_id": STATE,
        "object": "Étude",
        "version": 0,
        "is_current": False,
        "source_row": 9,
        "amount": 100,
        "notified_on": date(2023, 6, 1),
    },
    {
        "uid": "B2",
        "buyer_id": STATE,
        "object": "Étude",
        "version": 1,
        "is_current": True,
        "source_row": 9,
        "amount": 150,
        "notified_on": date(2023, 6, 1),
    },
]
SUPPLIERS = [
    {"uid": "A1", "supplier_id": "47889048600044", "supplier_name": "Un"},
    {"uid": "A2", "supplier_id": "47889048600044", "supplier_name": "Un"},
    {"uid": "A2", "supplier_id": "12345678901234", "supplier_name": "Deux"},  # wrong key
    {"uid": "B2", "supplier_id": "35600000000048", "supplier_name": "La Poste", "version": 1},  # its own rule
]


def answer(connection, name):
    return list(ask(connection, QUESTIONS[name]).records())


@pytest.fixture
def small(seen):
    return seen(CONTRACTS, SUPPLIERS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_a_french_question_with_its_limits_and_a_chart_of_its_own_columns(name, small):
    first, *rest = QUESTIONS[name].splitlines()
    chart = next(line for line in rest if line.startswith("-- chart: "))
    columns = ask(small, QUESTIONS[name]).columns

    assert first.startswith("-- ")
    assert first.endswith(" ?")
    assert any(line.startswith("-- note: ") for line in rest)
    assert set(re.findall(r"\w+=(\w+)", chart)) <= set(columns)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_answers_real_files_at_once_and_twice_the_same(name, real):
    connection = real("v1", "pes", "csv")
    found = ask(connection, QUESTIONS[name])

    assert 1 <= len(found.rows) <= 2_000
    assert found.result_hash == ask(connection, QUESTIONS[name]).result_hash


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_asked_of_no_contract_still_answers(name, seen):
    assert ask(seen([]), QUESTIONS[name]).columns


def test_who_buys_keeps_framework_maxima_apart(small):
    city, state = answer(small, "qui-achete")

    assert (city["acheteur"], city["marches"], city["montant"]) == ("Ville", 3, 4_000)
    assert city["maximum_des_accords_cadres"] == 500_000
    assert (state["acheteur"], state["montant"]) == (STATE, 150)


def test_from_whom_shares_a_contract_between_its_suppliers(small):
    lines = {line["titulaire"]: line for line in answer(small, "a-qui")}

    assert lines["Un"]["montant"] == Decimal(2_500)
    assert lines["Deux"]["montant"] == Decimal(1_500)
    assert sum(line["montant"] for line in lines.values()) == 1_000 + 3_000 + 150


def test_a_month_has_its_contracts_and_no_date_has_none(small):
    lines = [(line["mois"], line["marches"], line["montant"]) for line in answer(small, "combien-par-mois")]

    assert lines == [(date(2023, 6, 1), 1, 150), (date(2024, 1, 1), 2, 4_000), (date(2024, 2, 1), 1, None)]


def test_concentration_is_the_sum_of_squared_shares(seen):
    rows = [{"uid": f"C{i}", "buyer_id": CITY, "amount": 100} for i in range(10)]
    suppliers = [{"uid": f"C{i}", "supplier_id": "S" if i < 5 else f"S{i}"} for i in range(10)]

    (line,) = answer(seen(rows, suppliers), "concentration")

    assert (line["indice"], line["titulaires"], line["marches"]) == (50**2 + 5 * 10**2, 6, 10)
    assert line["part_des_dix_premiers"] == 100


def test_single_bids_are_counted_by_competitive_procedure(small):
    lines = {line["procedure"]: line for line in answer(small, "offres-uniques")}

    assert (lines[OPEN]["marches"], lines[OPEN]["une_offre"], lines[OPEN]["part"]) == (1, 1, 100)
    assert lines[OPEN]["nombre_inconnu"] == 1
    assert lines[ADAPTED]["lignes_de_titulaires"] == 2
    assert DIRECT not in lines


def test_a_buyer_of_few_contracts_is_drawn_to_the_mean(seen):
    rows = [{"uid": f"C{i}", "buyer_id": CITY, "procedure": OPEN, "bids_received": 1} for i in range(5)]
    rows += [{"uid": f"D{i}", "buyer_id": STATE, "procedure": OPEN, "bids_received": 1 + (i > 4)} for i in range(95)]

    city, state = answer(seen(rows), "offres-uniques-par-acheteur")

    assert (city["part"], city["part_de_tous"]) == (100, 10)
    assert city["part_corrigee"] == pytest.approx(100 * (5 + 20 * 0.1) / 25)
    assert city["hasard"] == pytest.approx(0.1**5)
    assert city["hasard_corrige"] == pytest.approx(2 * 0.1**5)
    assert state["part_corrigee"] < city["part_corrigee"]


def test_two_months_are_counted_to_the_day_and_unknown_dates_stay_apart(small):
    lines = {line["delai"]: line for line in answer(small, "delais-de-publication")}

    assert lines["1 à 2 mois"]["marches"] == 1
    assert lines["2 à 6 mois"]["part"] == 50
    assert (lines["date inconnue"]["marches"], lines["date inconnue"]["part"]) == (3, None)


def test_modifications_are_counted_once_with_their_size(small):
    lines = {line["annee"]: line for line in answer(small, "modifications")}

    assert (lines[2023]["marches_modifies"], lines[2023]["en_hausse"]) == (1, 1)
    assert (lines[2023]["montant_initial"], lines[2023]["montant_modifie"]) == (100, 150)
    assert lines[2023]["variation_mediane"] == 50
    assert lines[2024]["marches_modifies"] == 0


def test_amounts_to_check_are_sorted_by_what_is_odd(small):
    lines = {line["constat"]: line["exemples"] for line in answer(small, "montants-a-verifier")}

    assert lines == {"zéro": ["B1"]}


def test_completeness_counts_the_ten_essential_data(small):
    lines = {line["donnee"]: line["remplis"] for line in answer(small, "completude")}

    assert lines["Acheteur (SIRET)"] == 5
    assert lines["Lieu d'exécution"] == 1
    assert lines["Date de notification"] == 4
    assert lines["Titulaire"] == 3


def test_identifiers_have_their_key_checked_and_la_poste_its_own(small):
    lines = {(line["role"], line["constat"]): line["lignes"] for line in answer(small, "identifiants")}

    assert lines == {
        ("acheteur", "SIRET valide"): 5,
        ("titulaire", "SIRET valide"): 3,
        ("titulaire", "quatorze chiffres, clé fausse"): 1,
    }


def test_questions_and_rules_find_the_same_keys_right(seen):
    """Around true numbers, where one digit makes a key right or wrong, in each place and for La Poste."""
    near = {
        f"{(int(true) + step * 10**place) % 10**14:014}"
        for true in (CITY, STATE, "35600000000048", "35600000049837", "00083418700999")
        for place in range(14)
        for step in range(10)
    }
    connection = seen([{"uid": number, "buyer_id": number} for number in sorted(near)])
    judge = duckdb.connect()
    judge.execute((FOLDER / "rules" / "macros.sql").read_text())
    proved = {number for number in near if judge.execute(f"select is_proved({int(number)})").fetchone()[0]}
    valid = connection.execute("select buyer_id from procurement.contracts where procurement.is_siret(buyer_id)")
    assert {number for (number,) in valid.fetchall()} == proved
    assert CITY in proved
    assert "00083418700999" not in proved


def test_domains_procedures_and_sources_cover_every_contract_once(small):
    for name in ("domaines", "procedures", "sources"):
        assert sum(line["marches"] for line in answer(small, name)) == 5
    assert {line["domaine"] for line in answer(small, "domaines")} >= {"Travaux", "Logiciels", "(non renseigné)"}


def test_a_contract_is_placed_by_its_code_or_by_a_name_without_twin_in_its_department(seen):
    def at(uid, kind, code, name):
        return {"uid": uid, "amount": 10, "place_code_type": kind, "place_code": code, "place_name": name}

    halls = [
        ("69123", "Lyon", "69"),
        ("69266", "Saint-Priest", "69"),
        ("2A004", "Ajaccio", "2A"),
        ("01001", "Lyon", "01"),
    ]
    communes = [
        {"code": code, "name": name, "department": department, "latitude": 45.0, "longitude": 5.0}
        for code, name, department in halls
    ]
    contracts = [
        at("coded", "Code commune", "69123", "ailleurs"),
        at("named", "Code postal", "69001", "LYON"),
        at("abbreviated", "Code postal", "69800", "ST PRIEST"),
        at("corsican", "Code postal", "20000", "Ajaccio"),
        at("free", "Code postal", "69001", "Mairie de quelque part"),
        at("region", "Code région", "84", "Lyon"),
        at("postal code said to be a commune's", "Code commune", "69266", "Lyon"),
    ]

    found = [
        (line["code"], line["marches"]) for line in answer(seen(contracts, communes=communes), "carte-des-communes")
    ]

    assert found == [("69123", 3), ("2A004", 1), ("69266", 1), (None, 2)]


def test_a_shared_number_shows_the_contents_left_out(seen):
    shared = {"uid": "X", "has_duplicate": True, "buyer_id": CITY, "notified_on": date(2024, 1, 9)}
    connection = seen([{**shared, "amount": 10, "is_current": False}, {**shared, "amount": 7}])

    (line,) = answer(connection, "numeros-partages")

    assert (line["numeros_partages"], line["contenus"], line["contenus_ecartes"]) == (1, 2, 1)
    assert line["montant_ecarte"] == 10
    for slug in ("qui-achete", "combien-par-mois"):
        (line,) = answer(connection, slug)
        assert (line["marches"], line["montant"], line["contenus_ecartes"], line["montant_ecarte"]) == (1, 7, 1, 10)
