"""Counts, pages and totals agree with the rows themselves, counted apart."""

from decimal import Decimal
from io import BytesIO

import duckdb
import pyarrow.csv
import pyarrow.parquet
import pytest

from parvis.core.registers.downloads import FORMATS
from parvis.core.registers.filters import NONE, Filters, read_filters
from parvis.core.registers.listing import LostPlace


@pytest.fixture
def place(contracts):
    return contracts[1]


@pytest.fixture
def rows(contracts):
    """Ask the Parquet files directly, without the catalogue."""
    release, _ = contracts
    connection = duckdb.connect()
    connection.execute(f"create view contracts as from '{release.folder}/contracts.parquet' where is_current")
    connection.execute(f"create view suppliers as from '{release.folder}/suppliers.parquet'")
    return lambda sql: connection.execute(sql).fetchall()


def test_every_current_contract_is_listed_once(place, rows):
    assert place.catalogue.total(Filters()).rows == rows("select count(distinct uid) from contracts")[0][0] > 1_000


def test_maxima_are_never_added_to_amounts(place, rows):
    total = place.catalogue.total(Filters())
    assert total.amount == rows("select sum(amount) from contracts where not is_framework")[0][0]
    assert total.maximum == (rows("select sum(amount) from contracts where is_framework")[0][0] or Decimal(0))


def test_a_facet_counts_the_rows_that_choosing_it_gives(place):
    filters = read_filters(place.browse, {"annee": ["2018"]})
    for slug, values in place.catalogue.facets(filters).items():
        if slug != "annee":
            assert sum(value.rows for value in values) == place.catalogue.total(filters).rows
        for value in values[:3]:
            chosen = {"annee": ["2018"], slug: [NONE if value.value is None else value.value]}
            assert place.catalogue.total(read_filters(place.browse, chosen)).rows == value.rows


def test_pages_meet_without_a_gap_or_a_double_in_every_order(place):
    filters = read_filters(place.browse, {"annee": ["2018"]})
    total = place.catalogue.total(filters).rows
    for sort in place.browse.sorts:
        keys, after = [], None
        while True:
            page = place.catalogue.page(filters, sort, after=after, size=97)
            keys += [row["uid"] for row in page.rows]
            if not page.has_next:
                break
            after = keys[-1]
        assert len(keys) == len(set(keys)) == total
        back = place.catalogue.page(filters, sort, before=keys[97], size=97)
        assert [row["uid"] for row in back.rows] == keys[:97]
        assert (back.has_previous, back.has_next) == (False, True)


def test_a_place_that_no_longer_exists_is_said(place):
    with pytest.raises(LostPlace, match="reprenez-la depuis le début"):
        place.catalogue.page(Filters(), place.browse.sorts[0], after="nowhere")


def test_words_are_searched_in_objects_and_names(place, rows):
    found = place.catalogue.total(read_filters(place.browse, {"q": ["assainissement"]})).rows
    apart = rows(
        """select count(distinct uid) from contracts left join suppliers using (uid)
           where concat_ws(' ', object, buyer_name, supplier_name) ilike '%assainissement%'"""
    )[0][0]
    assert found == apart > 5


def test_totals_of_a_buyer_are_those_of_its_contracts(place, rows):
    for buyer, count, amount in rows(
        """select buyer_id, count(*), coalesce(sum(amount) filter (not is_framework), 0) from contracts
           where buyer_id is not null group by all order by 2 desc limit 5"""
    ):
        totals = place.catalogue.party("acheteurs", buyer)
        assert (totals.rows, totals.amount) == (count, amount)


def test_a_contract_shared_between_suppliers_is_never_in_what_each_has_alone(place, rows):
    shared = rows("select uid from suppliers group by all having count(distinct supplier_id) > 1 order by uid")
    assert shared
    for (uid,) in shared[:20]:
        for (supplier,) in rows(
            f"select distinct supplier_id from suppliers where uid = '{uid}' and supplier_id is not null"
        ):
            totals = place.catalogue.party("titulaires", supplier)
            assert totals.rows_shared >= 1
            alone = rows(
                f"""select coalesce(sum(amount), 0) from contracts join suppliers using (uid, source_row, version)
                    where supplier_id = '{supplier}' and not is_framework and uid in (
                        select uid from contracts join suppliers using (uid, source_row, version)
                        group by uid having count(distinct supplier_id) = 1)"""
            )[0][0]
            assert totals.amount == alone


def test_downloads_hold_the_whole_filtered_list(place):
    filters = read_filters(place.browse, {"annee": ["2018"]})
    total = place.catalogue.total(filters).rows

    def download(slug):
        reader = place.catalogue.batches(filters, place.browse.sorts[2], ["uid", "object", "amount"])
        return b"".join(FORMATS[slug].write(reader))

    table = pyarrow.csv.read_csv(
        BytesIO(download("csv")), parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True)
    )
    assert table.num_rows == download("jsonl").count(b"\n") == total
    assert pyarrow.parquet.read_table(BytesIO(download("parquet"))).num_rows == total
    amounts = [amount for amount in table["amount"].to_pylist() if amount is not None]
    assert amounts == sorted(amounts, reverse=True)


def test_the_leads_of_a_flag_are_those_that_its_survey_counted_in_pages_that_follow_one_another(place):
    found = {code: one["hits"] for code, one in place.catalogue.surveys().items()}
    code = max(found, key=found.get)
    first = place.catalogue.leads(code, size=3)
    second = place.catalogue.leads(code, after=first[-1]["rank"], size=3)
    rest = place.catalogue.leads(code, after=second[-1]["rank"], size=found[code])
    assert [lead["rank"] for lead in (*first, *second, *rest)] == list(range(1, found[code] + 1))
    assert {lead["code"] for lead in (*first, *second, *rest)} == {code}


def test_the_leads_about_a_contract_name_it_or_hold_it_as_evidence(place):
    every = place.catalogue.records("select * from leads order by code, rank")
    named = next(lead for lead in every if lead["uid"] is not None)["uid"]
    held = next(lead for lead in every if lead["uid"] is None)["evidence"][0]
    for uid in (named, held):
        expected = [lead for lead in every if uid == lead["uid"] or uid in lead["evidence"]]
        assert place.catalogue.leads_about("uid", uid) == expected != []


def test_the_leads_about_a_party_name_it(place):
    every = place.catalogue.records("select * from leads order by code, rank")
    buyer = next(lead["buyer_id"] for lead in every if lead["buyer_id"])
    assert place.catalogue.leads_about("buyer_id", buyer) == [one for one in every if one["buyer_id"] == buyer]
    assert place.catalogue.leads_about("place_id", buyer) == []
