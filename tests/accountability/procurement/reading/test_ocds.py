"""What a release of OCDS says is in a column, in the other fields, or refused: never lost, never counted twice."""

import json

import duckdb
import pytest

from accountability.procurement import small
from parvis.accountability.registers.procurement import FOLDER, REGISTER
from parvis.accountability.registers.procurement.ocds import InvalidRelease
from parvis.core.registers.checking import check
from parvis.core.registers.questions import ask

RELEASE = {"ocid": "ocds-1", "id": "1", "date": "2024-01-01T00:00:00Z", "tag": ["award"]}
BUYER = {"id": "21690123100011", "name": "Ville fictive"}


@pytest.fixture
def read(tmp_path):
    """Return a function that reads one release of these fields, and gives the table asked."""

    def of(table: str, columns: str, **fields: object) -> list[tuple]:
        path = tmp_path / "release.json"
        path.write_text(json.dumps({"version": "1.1", "releases": [RELEASE | {"buyer": BUYER} | fields]}))
        checked = check(REGISTER, path, tmp_path / "read")
        return duckdb.connect().execute(f"SELECT {columns} FROM '{checked.tables[table]}' ORDER BY ALL").fetchall()

    return of


@pytest.fixture
def asked(tmp_path):
    """Return a function that asks a question of a release, which has an award in each of these currencies."""

    def of(question: str, *currencies: str) -> list[dict]:
        path = tmp_path / "release.json"
        awards = [
            award(id=f"A{rank}", date="2024-01-02", value={"amount": 100 * rank, "currency": currency})
            for rank, currency in enumerate(currencies, start=1)
        ]
        tender = {"procurementMethodDetails": "Appel d'offres ouvert", "numberOfTenderers": "1"}
        path.write_text(
            json.dumps(
                {"version": "1.1", "releases": [RELEASE | {"buyer": BUYER, "tender": tender, "awards": awards}]}
            )
        )
        (tmp_path / "read").mkdir()
        check(REGISTER, path, tmp_path / "read")
        return ask(small.see(tmp_path / "read"), (FOLDER / "questions" / f"{question}.sql").read_text()).records()

    return of


def test_the_contracts_of_one_release_count_once_each(asked):
    (year,) = asked("modifications", "EUR", "EUR", "EUR")
    assert (year["marches"], year["marches_modifies"]) == (3, 0)


def test_the_suppliers_of_one_release_count_once_each(asked):
    (open_procedure,) = asked("offres-uniques", "EUR", "EUR", "EUR")
    assert (open_procedure["marches"], open_procedure["lignes_de_titulaires"]) == (3, 3)


def test_currencies_are_never_added(asked):
    (buyer,) = asked("qui-achete", "EUR", "EUR", "USD")
    assert (buyer["marches"], buyer["montant"]) == (3, 300)


def test_an_amount_in_another_currency_is_kept_and_said(read):
    awards = [award(value={"amount": 300, "currency": "USD"})]
    assert read("contracts", "amount::int, currency", awards=awards) == [(300, "USD")]
    assert ("montant-autre-monnaie", "300") in read("defects", "rule, original", awards=awards)


def award(**fields):
    return {"id": "A1", "value": {"amount": 100, "currency": "EUR"}, "suppliers": [{"id": "x", "name": "X"}], **fields}


def test_each_contract_of_an_award_is_a_contract_with_its_own_value(read):
    signed = [{"id": "C1", "awardID": "A1", "value": {"amount": 40}}, {"id": "C2", "awardID": "A1"}]
    assert read("contracts", "id, amount::int", awards=[award()], contracts=signed) == [
        ("ocds-1-C1", 40),
        ("ocds-1-C2", None),
    ]
    assert read("suppliers", "uid, supplier_name", awards=[award()], contracts=signed) == [
        ("21690123100011ocds-1-C1", "X"),
        ("21690123100011ocds-1-C2", "X"),
    ]


def test_the_only_contract_of_an_award_takes_its_value_where_it_says_none(read):
    assert read("contracts", "amount::int", awards=[award()], contracts=[{"id": "C1", "awardID": "A1"}]) == [(100,)]


def test_nine_digits_of_another_country_are_no_siren(read):
    lagoa = {"id": "506804240", "name": "Município de Lagoa", "identifier": {"scheme": "PT-NIPPC", "id": "506804240"}}
    assert read("contracts", "buyer_id, buyer_siren", buyer=lagoa, awards=[award()]) == [("506804240", None)]
    assert read("contracts", "buyer_siren", awards=[award()]) == [("216901231",)]


def test_contracts_that_name_no_award_of_the_release_are_all_read_and_say_which_they_named(read):
    signed = [{"id": "C1", "value": {"amount": 1}}, {"id": "C2", "value": {"amount": 2}}, {"id": "C3", "awardID": "Z"}]
    found = read("contracts", "id, extra->>'$.contract.awardID'", contracts=signed)
    assert found == [("ocds-1-C1", None), ("ocds-1-C2", None), ("ocds-1-C3", "Z")]


def test_contracts_that_bear_the_same_number_or_none_stay_apart(read):
    same = [{"id": "C1", "awardID": "A1", "value": {"amount": amount}} for amount in (1, 2)]
    none = [{"awardID": "A2", "value": {"amount": amount}} for amount in (3, 4)]
    found = read("contracts", "id, amount::int", awards=[award(), award(id="A2")], contracts=same + none)
    assert found == [("ocds-1-A2", 3), ("ocds-1-A2-4", 4), ("ocds-1-C1", 1), ("ocds-1-C1-2", 2)]


def test_what_no_column_holds_of_the_parties_stays_in_the_other_fields(read):
    buyer = {
        "id": "B",
        "name": "Ville",
        "identifier": {"id": "21690123100011", "scheme": "FR"},
        "contactPoint": {"n": 1},
    }
    holder = {"id": "x", "name": "X", "details": {"scale": "sme", "listed": False}}
    ((extra,),) = read("contracts", "extra", buyer=buyer, awards=[award(suppliers=[holder])])
    kept = json.loads(extra)
    assert kept["buyer"] == {key: buyer[key] for key in ("id", "identifier")} | {"contactPoint": {"n": "1"}}
    assert kept["award"]["suppliers"] == [{"details": {"scale": "sme", "listed": False}}]


@pytest.mark.parametrize(
    "fields",
    [
        {"awards": [award(suppliers="x")]},
        {"awards": [award(suppliers=["x"])]},
        {"awards": [award(suppliers=[{"id": "x", "identifier": "45"}])]},
        {"awards": [award(value="100")]},
        {"awards": [award(items="CPV")]},
        {"awards": [award(items=[{"classification": "CPV"}])]},
        {"awards": [award(items=[{"additionalClassifications": ["CPV"]}])]},
        {"contracts": [{"id": "C1", "value": 100}]},
        {"buyer": "Ville"},
        {"buyer": BUYER | {"identifier": "45"}},
        {"tender": {"items": {"classification": {}}}},
        {"parties": {"id": "x"}},
    ],
    ids=str,
)
def test_what_is_not_of_the_standards_shape_is_refused_with_its_place(read, fields):
    with pytest.raises(InvalidRelease, match=r"Enregistrement 1.*Rien n'a été gardé"):
        read("contracts", "*", **fields)
