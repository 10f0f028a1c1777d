"""Flags over OCDS compiled releases: Cardinal's published examples, and what they leave out."""

import json

import pytest
from click.testing import CliRunner

from parvis.accountability.registers.procurement.flags.compiled import COMPUTED, UnknownFlag, every, indicators
from parvis.accountability.registers.procurement.flags.lines import NoRelease, NotACompiledRelease, releases
from parvis.accountability.registers.procurement.flags.settings import (
    NotANumber,
    UnknownOption,
    UnreadableSettings,
    settings,
)
from parvis.config.commands.flags import command

CODES = ("R003", "R018", "R024", "R025", "R028", "R035")


@pytest.mark.parametrize("code", CODES)
def test_cardinals_examples_give_cardinals_results_at_the_command_line(code, data):
    folder = data / "registers" / "red-flags" / "cardinal"
    own = folder / f"{code}.ini"
    chosen = own if own.exists() else folder / "settings.ini"

    answer = CliRunner().invoke(command, [str(folder / f"{code}.jsonl"), "--settings", str(chosen)])

    assert json.loads(answer.stdout) == json.loads((folder / f"{code}.expected.json").read_text())[0]["output"]


def test_without_settings_every_flag_is_computed_with_its_own_bounds(data):
    folder = data / "registers" / "red-flags" / "cardinal"
    answer = CliRunner().invoke(command, [str(folder / "R018.jsonl")])

    assert every().keys() == {"*"} | COMPUTED.keys()
    assert answer.stdout.count("\n") == 1
    assert json.loads(answer.stdout) == json.loads((folder / "R018.expected.json").read_text())[0]["output"]


@pytest.mark.parametrize(
    ("text", "error", "sentence"),
    [
        ("", NoRelease, "est vide"),
        ('{"ocid": "F"}\n[{"ocid": "G"}]\n', NotACompiledRelease, "Ligne 2, la publication"),
        ("\n[\n", NotACompiledRelease, "Ligne 2 : ce n'est pas du JSON"),
        ('{"tender": {}}', NotACompiledRelease, "« ocid » manque"),
        ('{"ocid": "F", "bids": {"details": [3]}}', NotACompiledRelease, "Ligne 1, bids/details/0"),
        ('{"ocid": "F", "tender": {"tenderPeriod": "mars"}}', NotACompiledRelease, "Ligne 1, tender/tenderPeriod"),
    ],
)
def test_a_file_that_is_not_compiled_releases_is_refused_by_its_line(text, error, sentence, tmp_path):
    path = tmp_path / "releases.jsonl"
    path.write_text(text)

    with pytest.raises(error, match=sentence):
        list(releases(path, progress=lambda *_: None))


def test_a_release_is_kept_without_what_no_flag_reads(tmp_path):
    path = tmp_path / "releases.jsonl"
    path.write_text('\ufeff{"ocid": "F", "contracts": [1], "buyer": null}\n\n{"ocid": "G"}\n')
    told = []

    assert list(releases(path, progress=lambda *done: told.append(done))) == [
        {"ocid": "F", "buyer": None},
        {"ocid": "G"},
    ]
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


def bid(tenderer, amount=None, status="valid", **fields):
    value = {} if amount is None else {"value": {"amount": amount, "currency": "EUR"}}
    return {"status": status, "tenderers": [{"id": tenderer}], **value, **fields}


def process(ocid, *bids, winner="W", **fields):
    awards = [{"status": "active", "suppliers": [{"id": winner}]}]
    return {"ocid": ocid, "bids": {"details": list(bids)}, "awards": awards, **fields}


def run(text, *releases):
    return indicators(releases, settings(text))


def test_a_setting_changes_the_bound():
    release = {
        "ocid": "F",
        "tender": {"tenderPeriod": {"startDate": "2020-01-01T00:00:00Z", "endDate": "2020-01-11T00:00:00Z"}},
    }

    assert run("[R003]\nthreshold = 10\n", release) == {}
    assert run("[R003]\nthreshold = 11\n", release) == {"OCID": {"F": {"R003": 1.0}}}


def test_a_large_discount_is_a_high_outlier_and_names_the_winner():
    ordinary = [process(str(i), bid("W", 10), bid("L", 11 + i / 10)) for i in range(6)]

    found = run("[R058]\n", process("F", bid("W", 10), bid("L", 90)), *ordinary)

    assert found == {"OCID": {"F": {"R058": 8.0}}, "Tenderer": {"W": {"R058": 0.0}}}


def test_another_currency_than_the_main_one_is_left_out():
    foreign = {"status": "valid", "tenderers": [{"id": "L"}], "value": {"amount": 90, "currency": "USD"}}

    assert run("currency = EUR\n[R058]\nthreshold = 1\n", process("F", bid("W", 10), foreign)) == {}


def test_a_late_winning_bid_is_flagged_whatever_the_zone():
    tender = {"tenderPeriod": {"endDate": "2020-03-01T12:00:00+01:00"}}
    late = process("F", bid("W", date="2020-03-01T11:30:00Z"), tender=tender)
    in_time = process("G", bid("W", date="2020-03-01T10:30:00Z"), tender=tender)

    assert run("[R030]\n", late, in_time)["OCID"] == {"F": {"R030": 1.0}}


def test_the_lowest_bid_disqualified_is_flagged_if_another_is_valid():
    flagged = process("F", bid("L", 5, "disqualified"), bid("W", 9))
    no_valid = process("G", bid("L", 5, "disqualified"))

    assert run("[R036]\n", flagged, no_valid) == {"OCID": {"F": {"R036": 1.0}}}


def test_buyers_and_tenderers_with_many_disqualified_bids_are_flagged():
    ordinary = [process(str(i), *[bid(f"T{i}", 1)] * 5, buyer={"id": f"B{i}"}) for i in range(6)]
    odd = process("F", *[bid("D", 1, "disqualified")] * 4, bid("W", 1), buyer={"id": "B"})

    found = run("[R038]\nthreshold = 0.5\n", odd, *ordinary)

    assert found == {"Buyer": {"B": {"R038": 0.8}}, "Tenderer": {"D": {"R038": 1.0}}}


def test_a_heterogeneous_supplier_counts_divisions_over_enough_processes():
    def award(ocid, supplier, *codes):
        items = [{"classification": {"id": code}} for code in codes]
        return {"ocid": ocid, "awards": [{"status": "active", "suppliers": [{"id": supplier}], "items": items}]}

    releases = [award("F", "F", "45000000", "79000000"), *(award(str(i), str(i), "45000000") for i in range(4))]

    assert run("[R048]\nminimum_contracting_processes = 1\n", *releases) == {"Tenderer": {"F": {"R048": 2.0}}}
    assert run("[R048]\n", *releases) == {}


def test_a_pending_award_keeps_the_process_out():
    pending = process("F", bid("W"), bid("D", status="disqualified"))
    pending["awards"].append({"status": "pending"})

    assert run("[R035]\n", pending) == {}


def test_an_unknown_flag_is_refused_by_its_name():
    with pytest.raises(UnknownFlag, match="R999"):
        run("[R999]\n")


@pytest.mark.parametrize(
    ("text", "error", "sentence"),
    [
        ("[R003]\n[R003]\n", UnreadableSettings, "chacune une fois"),
        ("[R003]\nthreshold = quinze\n", NotANumber, "« threshold = quinze »"),
        ("[R003]\ntreshold = 15\n", UnknownOption, "treshold"),
    ],
)
def test_settings_that_would_not_be_followed_are_refused(text, error, sentence):
    period = {"startDate": "2020-01-01T00:00:00Z", "endDate": "2020-01-11T00:00:00Z"}

    with pytest.raises(error, match=sentence):
        run(text, {"ocid": "F", "tender": {"tenderPeriod": period}})
