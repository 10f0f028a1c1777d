"""The 73 flags: all listed, 21 computed, each on rows where the answer is known by hand."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from parvis.accountability.registers.procurement.flags import FLAGS
from parvis.core.finding import Group, survey

BY_CODE = {flag.code: flag for flag in FLAGS}
DIRECT = "Marché passé sans publicité ni mise en concurrence préalable"
OPEN = "Appel d'offres ouvert"


def contract(uid, **fields):
    return {
        "uid": uid,
        "buyer_id": "21690123100011",
        "buyer_name": "Ville",
        "cpv": "45210000",
        "procedure": OPEN,
        "amount": 100_000,
        "notified_on": date(2024, 3, 1),
    } | {"uid": uid, **fields}


def held(uid, supplier="A"):
    return {"uid": uid, "supplier_id": supplier, "supplier_name": f"Entreprise {supplier}"}


def leads(connection, flag):
    """Run the flag's own SQL, as a catalogue does when it is built."""
    answered = connection.cursor().execute(f"select * from ({flag.sql}) order by rank")
    names = [column[0] for column in answered.description]
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in answered.fetchall()]


def subjects(connection, code):
    return [lead.subject for lead in leads(connection, BY_CODE[code])]


def test_all_seventy_three_flags_are_listed_in_order():
    assert [flag.code for flag in FLAGS] == [f"R{number:03}" for number in range(1, 74)]


def test_groups_are_those_of_french_open_data():
    counts = {group: sum(flag.group is group for flag in FLAGS) for group in Group}

    assert counts == {Group.DECP: 21, Group.NOTICE: 14, Group.JOIN: 8, Group.BIDS: 18, Group.INSIDE: 12}
    assert all(flag.is_computable == (flag.group is Group.DECP) for flag in FLAGS)


@pytest.mark.parametrize("flag", [flag for flag in FLAGS if flag.is_computable], ids=lambda flag: flag.code)
def test_every_computed_flag_explains_itself(flag):
    sentences = (flag.why, flag.innocent, flag.limits)

    assert all(sentence.endswith(".") for sentence in sentences)
    assert all((flag.formula, flag.examined, flag.bound.sentence))


@pytest.mark.parametrize("flag", [flag for flag in FLAGS if flag.is_computable], ids=lambda flag: flag.code)
def test_no_contract_gives_no_lead_and_says_why(flag, seen):
    connection = seen([])
    found = survey(connection, flag, hits=0)

    assert leads(connection, flag) == []
    assert found.population == 0
    assert found.because


@pytest.mark.parametrize("flag", [flag for flag in FLAGS if flag.is_computable], ids=lambda flag: flag.code)
def test_leads_of_real_files_carry_their_reasons_and_evidence(flag, real):
    connection = real("v1", "pes", "csv", "v2")
    given = leads(connection, flag)

    assert [lead.rank for lead in given] == list(range(1, len(given) + 1))
    assert len(given) <= survey(connection, flag, hits=len(given)).population
    for lead in given[:20]:
        assert lead.because
        assert lead.evidence_count == len(lead.evidence) >= 1
        known = "select count(*) from procurement.contracts where list_contains($uids, uid)"
        assert connection.execute(known, {"uids": list(lead.evidence)}).fetchone()[0] == len(set(lead.evidence))


def test_a_field_that_no_contract_has_is_named(real):
    found = survey(real("v1"), BY_CODE["R018"], hits=0)

    assert found.because.startswith("Non calculable sur les fichiers chargés : offresRecues")


def test_single_bids_are_looked_for_in_competitive_procedures_only(seen):
    connection = seen(
        [
            contract("open-1", bids_received=1),
            contract("adapted-1", bids_received=1, procedure="Procédure adaptée"),
            contract("open-2", bids_received=2),
            contract("direct-1", bids_received=1, procedure=DIRECT),
            contract("zero", bids_received=0),
            contract("unknown"),
        ]
    )

    assert set(subjects(connection, "R018")) == {"open-1", "adapted-1"}
    assert survey(connection, BY_CODE["R018"], hits=2).population == 3


def test_a_buyer_bunches_under_a_threshold_when_a_coin_would_not(seen):
    below = [contract(f"below{i}", amount=95_000, procedure="Procédure adaptée") for i in range(9)]
    balanced = [
        contract(f"{side}{i}", amount=amount, buyer_id="21000000000001")
        for side, amount in (("under", 95_000), ("over", 105_000))
        for i in range(5)
    ]

    assert subjects(seen(below + balanced), "R002") == ["21690123100011"]


def test_two_purchases_just_under_a_threshold_within_ninety_days_are_a_lead(seen):
    connection = seen(
        [
            contract("first", amount=99_000, notified_on=date(2024, 1, 10)),
            contract("second", amount=98_000, notified_on=date(2024, 4, 9)),  # ninety days later
            contract("late", amount=98_000, notified_on=date(2024, 9, 1)),
            contract("other class", amount=98_000, cpv="45310000", notified_on=date(2024, 1, 11)),
            contract("far below", amount=60_000, notified_on=date(2024, 1, 12)),
        ]
    )

    lead = leads(connection, BY_CODE["R011"])[0]
    assert list(lead.evidence) == ["first", "second"]
    assert lead.value == 2


def test_a_buyer_who_avoids_competition_more_than_chance_allows_is_a_lead(seen):
    rows = [contract(f"odd{i}", procedure=DIRECT, buyer_id="odd") for i in range(12)]
    rows += [contract(f"b{b}c{i}", buyer_id=f"buyer{b}") for b in range(10) for i in range(20)]
    rows += [contract(f"small{i}", procedure=DIRECT, buyer_id="too small") for i in range(9)]

    assert subjects(seen(rows), "R013") == ["odd"]


def test_an_amount_out_of_its_peers_order_of_magnitude_is_a_lead(seen):
    rows = [contract(f"c{i}", amount=50_000 + 3_000 * i) for i in range(40)]
    rows += [contract("huge", amount=90_000_000), contract("tiny", amount=12)]
    rows += [contract("framework", amount=90_000_000, is_framework=True)]

    assert subjects(seen(rows), "R016") == ["huge", "tiny"]


def test_few_bids_are_judged_against_the_same_kind_of_purchase(seen):
    rows = [contract(f"c{i}", bids_received=6) for i in range(30)]
    rows += [contract("few", bids_received=2), contract("elsewhere", bids_received=1, cpv="79000000")]

    assert subjects(seen(rows), "R019") == ["few"]


def test_consortia_are_counted_by_kind_of_purchase(seen):
    odd = [contract(f"joint{i}", cpv="71200000") for i in range(12)]
    plain = [contract(f"m{m}c{i}", cpv=f"{30 + m}100000") for m in range(10) for i in range(12)]
    suppliers = [held(row["uid"], letter) for row in odd for letter in "AB"] + [held(row["uid"]) for row in plain]

    assert subjects(seen(odd + plain, suppliers), "R026") == ["712"]


def test_amounts_that_all_begin_alike_deviate_from_benford(seen):
    natural = [contract(f"n{i}", cpv="45000000", amount=round(10 ** (3 + i / 200), 2)) for i in range(200)]
    forged = [contract(f"f{i}", cpv="79000000", amount=49_000 + i) for i in range(150)]

    assert subjects(seen(natural + forged), "R029") == ["79"]


def shared():
    rows = [contract(f"main{i}", amount=600_000) for i in range(2)] + [contract(f"c{i}") for i in range(8)]
    return rows, [held("main0", "A"), held("main1", "A"), *(held(f"c{i}", f"S{i}") for i in range(8))]


def test_a_supplier_with_most_of_a_buyers_year_is_a_lead(seen):
    lead = leads(seen(*shared()), BY_CODE["R040"])[0]

    assert lead.subject == "21690123100011/A/2024"
    assert lead.value == pytest.approx(1_200_000 / 2_000_000)


def test_a_supplier_with_most_of_a_buyers_sector_is_a_lead(seen):
    assert subjects(seen(*shared()), "R050") == ["21690123100011/A/452"]


def test_joint_contracts_are_shared_and_never_counted_twice(seen):
    rows, suppliers = shared()
    suppliers += [held("main0", "B"), held("main1", "B")]

    lead = leads(seen(rows, suppliers), BY_CODE["R051"])[0]
    # A and B have 600 000 each of 2 000 000, the eight others 100 000 each.
    assert lead.value == pytest.approx(2 * 30**2 + 8 * 5**2)


def test_a_supplier_of_everything_stands_out_among_regular_suppliers(seen):
    kinds = [f"{10 + i}000000" for i in range(20)]
    rows = [contract(f"all{i}", cpv=cpv) for i, cpv in enumerate(kinds)]
    rows += [contract(f"s{s}c{i}", cpv="45000000") for s in range(9) for i in range(20)]
    suppliers = [held(row["uid"], "ALL" if row["uid"].startswith("all") else row["uid"][:2]) for row in rows]

    assert subjects(seen(rows, suppliers), "R048") == ["ALL"]


def test_direct_awards_just_under_the_threshold_are_counted_by_pair(seen):
    rows = [contract(f"d{i}", amount=99_000, procedure=DIRECT) for i in range(2)]
    rows += [contract("once", amount=99_000, procedure=DIRECT), contract("open", amount=99_000)]
    suppliers = [held("d0", "A"), held("d1", "A"), held("once", "B"), held("open", "B")]

    assert subjects(seen(rows, suppliers), "R049") == ["21690123100011/A/2024"]


def test_direct_awards_that_pass_the_threshold_together_are_a_lead(seen):
    rows = [contract(f"d{i}", amount=60_000, procedure=DIRECT) for i in range(2)]
    rows += [contract(f"e{i}", amount=30_000, procedure=DIRECT) for i in range(2)]
    suppliers = [held("d0", "A"), held("d1", "A"), held("e0", "B"), held("e1", "B")]

    lead = leads(seen(rows, suppliers), BY_CODE["R055"])[0]
    assert lead.subject == "21690123100011/A/2024"
    assert lead.value == pytest.approx(1.2)  # 120 000 for a threshold of 100 000 (works, 2024)


def test_a_small_first_contract_then_a_very_large_one_is_a_lead(seen):
    rows, suppliers = [], []
    for i in range(25):
        rows += [
            contract(f"a{i}", amount=50_000),
            contract(f"b{i}", amount=50_000 + 500 * i, notified_on=date(2024, 6, 1)),
        ]
        suppliers += [held(f"a{i}", f"S{i}"), held(f"b{i}", f"S{i}")]
    rows += [contract("small", amount=5_000), contract("large", amount=5_000_000, notified_on=date(2024, 6, 1))]
    suppliers += [held("small", "X"), held("large", "X")]

    assert subjects(seen(rows, suppliers), "R052") == ["21690123100011/X"]


def versions(uid, *amounts, **fields):
    """One row a version, in one record; the last is current."""
    return [
        contract(uid, version=number, is_current=number == len(amounts) - 1, amount=amount, source_row=900, **fields)
        for number, amount in enumerate(amounts)
    ]


def test_a_direct_award_raised_past_the_threshold_is_a_lead(seen):
    connection = seen(versions("raised", 90_000, 130_000, procedure=DIRECT))

    assert leads(connection, BY_CODE["R054"])[0].value == pytest.approx(1.3)


@pytest.mark.parametrize(
    ("amounts", "modified", "raised", "far"),
    [
        ((100, 140), True, True, True),
        ((100, 110), True, True, False),
        ((100, 90), True, False, False),
        ((100,), 0, 0, 0),
    ],
)
def test_modifications_are_leads_by_their_fact_their_sign_and_their_size(seen, amounts, modified, raised, far):
    connection = seen(versions("m", *amounts))

    assert bool(subjects(connection, "R064")) == bool(modified)
    assert bool(subjects(connection, "R069")) == bool(raised)
    assert bool(subjects(connection, "R059")) == bool(far)


def test_subcontracts_are_summed_whether_wrapped_or_not(seen):
    acts = [{"acteSousTraitance": {"montant": amount}} for amount in (40_000, 20_000)]
    wrapped = json.dumps({"actesSousTraitance": acts})
    bare = '{"actesSousTraitance": [{"montant": 30000}]}'
    connection = seen([contract("most", extra=wrapped), contract("some", extra=bare), contract("none", extra="{}")])

    assert [(lead.subject, lead.value) for lead in leads(connection, BY_CODE["R071"])] == [
        ("most", pytest.approx(0.6))
    ]
    assert survey(connection, BY_CODE["R071"], hits=1).population == 2


def test_subcontracting_is_judged_by_buyer(seen):
    rows = [contract(f"odd{i}", buyer_id="odd", subcontracting_declared=True) for i in range(12)]
    rows += [
        contract(f"b{b}c{i}", buyer_id=f"buyer{b}", subcontracting_declared=i == 0)
        for b in range(10)
        for i in range(12)
    ]

    assert subjects(seen(rows), "R072") == ["odd"]


def test_the_page_that_explains_the_flags_lists_those_that_are_computed():
    page = (Path(__file__).parents[4] / "docs" / "understand" / "signaux.md").read_text()
    rows = [
        line for flag in FLAGS if flag.is_computable for line in [f"| {flag.code} | {flag.title} | {flag.formula} |"]
    ]

    assert [row for row in rows if row not in page] == []
    assert page.count("\n| R0") == len(rows)
