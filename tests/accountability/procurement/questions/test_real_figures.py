"""Answers on the real files, beside the same figure counted otherwise: plain Python over the producer's file."""

import csv
import json
from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from statistics import median

import pytest

from parvis.accountability.registers.procurement import FOLDER
from parvis.core.registers.questions import ask

OPEN, ADAPTED = "Appel d'offres ouvert", "Procédure adaptée"


def answer(connection, name):
    return list(ask(connection, (FOLDER / "questions" / f"{name}.sql").read_text()).records())


@pytest.fixture(scope="module")
def lines(data):
    path = data / "registers/procurement/decp-2024/decp_2024H2_travaux_cpv4521_hors84_93.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@pytest.fixture(scope="module")
def aws(data):
    """The contracts of marches-publics.info that count: of a number used twice, the last published, then read."""
    path = data / "registers/procurement/decp-v1/marches-publics.info_2019-03-07.json"
    chosen = {}
    for place, record in enumerate(json.loads(path.read_text())["marches"]):
        buyer = (record.get("acheteur") or record.get("autoriteConcedante"))["id"]
        order = (record["datePublicationDonnees"], place)
        uid = buyer.strip() + record["id"]
        if uid not in chosen or order >= chosen[uid][0]:
            chosen[uid] = (order, record)
    return [record for _, record in chosen.values() if "acheteur" in record]


def test_the_rate_of_single_bids_of_the_documented_file_is_found_again(real, lines):
    known = {line["procedure"]: line for line in answer(real("csv"), "offres-uniques")}
    both = (known[OPEN], known[ADAPTED])
    plain = [line for line in lines if line["procedure"] in (OPEN, ADAPTED)]

    assert sum(line["lignes_de_titulaires"] for line in both) == len(plain) == 5_733
    assert (
        sum(line["lignes_a_une_offre"] for line in both) == sum(line["offresRecues"] == "1" for line in plain) == 1_039
    )


def test_procedures_count_every_contract_number_once(real, lines):
    by_number = defaultdict(set)
    for line in lines:
        by_number[line["uid"]].add(line["procedure"])
    found = {line["procedure"]: line["marches"] for line in answer(real("csv"), "procedures")}

    assert sum(found.values()) == len(by_number) == 3_856
    sure = Counter(next(iter(names)) for names in by_number.values() if len(names) == 1)
    assert all(found[name] >= count for name, count in sure.items() if name)
    assert sum(found.values()) - sum(sure.values()) == sum(len(names) > 1 for names in by_number.values())


def test_sums_of_a_file_with_a_line_a_supplier_do_not_double(real, lines):
    """Where a number has one content only, however many suppliers, its amount counts once."""
    contents = defaultdict(set)
    for line in lines:
        contents[line["uid"]].add(tuple(value for name, value in line.items() if not name.startswith("titulaire")))
    amounts = {line["uid"]: Decimal(line["montant"]) for line in lines if len(contents[line["uid"]]) == 1}
    connection = real("csv")
    found = connection.execute("select uid, amount from procurement.contracts where not has_duplicate").fetchall()

    assert sum(amount for _, amount in found) == sum(amounts.values())
    assert {uid for uid, _ in found} == amounts.keys()


def test_contents_left_out_by_a_shared_number_are_counted(real, lines):
    contents = {tuple(value for name, value in line.items() if not name.startswith("titulaire")) for line in lines}
    (line,) = answer(real("csv"), "numeros-partages")
    by_month = answer(real("csv"), "combien-par-mois")

    assert line["contenus_ecartes"] == len(contents) - len({content[0] for content in contents})
    assert line["contenus_ecartes"] == sum(month["contenus_ecartes"] for month in by_month)
    assert line["montant_ecarte"] == sum(month["montant_ecarte"] or 0 for month in by_month)


def day(text):
    return date.fromisoformat(text[:10])


def two_months_later(start):
    month = start.month + 2
    year, month = start.year + (month > 12), (month - 1) % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def plain(text):
    """Whether a date is readable with no correction but its zone."""
    return len(text) >= 10 and text[:4] in ("2018", "2019") and text[4] == text[7] == "-"


def test_delays_are_those_of_the_dates_as_published(real, aws):
    dated = [
        (day(record["dateNotification"]), day(record["datePublicationDonnees"]))
        for record in aws
        if plain(record["dateNotification"]) and plain(record["datePublicationDonnees"])
    ]
    in_time = sum(published <= two_months_later(notified) for notified, published in dated if published >= notified)
    found = answer(real("v1"), "delais-de-publication")

    assert sum(line["marches"] for line in found) == len(aws)
    assert sum(line["marches"] for line in found if line["dans_les_deux_mois"]) == in_time


def test_modified_contracts_are_those_that_publish_a_modification(real, aws):
    found = answer(real("v1"), "modifications")

    assert sum(line["marches_modifies"] for line in found) == sum(bool(record["modifications"]) for record in aws)


def test_the_median_of_open_calls_is_the_median_of_the_file(real, aws):
    amounts = [
        record["modifications"][-1].get("montant", record["montant"]) if record["modifications"] else record["montant"]
        for record in aws
        if record["procedure"] == OPEN and record["nature"] != "Accord-cadre"
    ]
    found = {line["procedure"]: line for line in answer(real("v1"), "procedures")}

    assert float(found[OPEN]["montant_median"]) == pytest.approx(median(amounts))


def test_who_buys_most_is_who_the_file_says(real, aws):
    totals = Counter()
    for record in aws:
        if record["nature"] != "Accord-cadre":
            changed = [change["montant"] for change in record["modifications"] if "montant" in change]
            totals[record["acheteur"]["id"].replace(" ", "")] += Decimal(str((changed or [record["montant"]])[-1]))
    first = answer(real("v1"), "qui-achete")[0]

    assert (first["siret"], first["montant"]) == totals.most_common(1)[0]


def test_amounts_at_zero_and_one_are_all_found(real, aws):
    found = {line["constat"]: line["marches"] for line in answer(real("v1"), "montants-a-verifier")}
    amounts = [
        (([change["montant"] for change in record["modifications"] if "montant" in change] or [record["montant"]])[-1])
        for record in aws
    ]

    assert found["zéro"] == sum(amount == 0 for amount in amounts)
    assert found["un euro ou moins"] == sum(0 < amount <= 1 for amount in amounts)


def luhn(number):
    """Every second digit from the right is doubled, and its digits added; the sum is a multiple of ten."""
    values = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value // 10 + value % 10 for value in values) % 10 == 0


def test_valid_buyer_numbers_are_those_whose_key_is_right(real, lines):
    buyers = {line["uid"]: line["acheteur_id"] for line in lines}
    valid = sum(
        len(number) == 14 and number.isdigit() and luhn(number) and luhn(number[:9]) for number in buyers.values()
    )
    found = {(line["role"], line["constat"]): line["lignes"] for line in answer(real("csv"), "identifiants")}

    assert found["acheteur", "SIRET valide"] == valid
