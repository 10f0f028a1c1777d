"""`parvis simulate`: a population computed by parts, taken up where it stopped, its results equal to the oracle's."""

import csv
import json
from datetime import date

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from parvis.config.commands.simulate import command
from parvis.core.errors import ParvisError
from parvis.core.french import number
from parvis.core.simulators.comparing import compare
from parvis.core.simulators.contract import Change
from parvis.core.simulators.populations.chunks import chunks
from parvis.core.simulators.populations.layouts import layout
from parvis.core.simulators.populations.simulating import Progress, Simulation, WrongOutput
from parvis.core.simulators.populations.sources import Source

IR = "impot_revenu_restant_a_payer"
ROLES = (
    ("personne_de_reference", "parent", "declarant"),
    ("conjoint", "parent", "declarant"),
    ("enfant", "enfant", "personne_a_charge"),
)


@pytest.fixture
def simulate(openfisca):
    def run(*words):
        return CliRunner().invoke(command, ["openfisca", *map(str, words)], catch_exceptions=False).output

    return run


@pytest.fixture
def population(data, tmp_path):
    """Write synthetic households in a file, and return their income tax as stock computes it."""
    folder = data / "models/synthetic-households"
    homes = oracle_of(data)[:400]
    known = {home["household"] for home in homes}
    lines = [
        "individu,menage,menage.role,famille,famille.role,foyer_fiscal,foyer_fiscal.role,date_naissance,salaire_de_base"
    ]
    for one in lines_of(folder / "synth_a_persons.csv"):
        key, place = one["household"], 2 if one["adult"] == "0" else min(int(one["position"]), 1)
        if key in known:
            home, family, tax = ROLES[place]
            groups = f"m{key},{home},f{key},{family},t{key},{tax}"
            lines.append(f"{key}-{one['position']},{groups},{one['birth']},{one['salaire_de_base_2024']}")
    (tmp_path / "menages.csv").write_text("\n".join(lines) + "\n")
    return tmp_path / "menages.csv", {f"t{home['household']}": float(home[IR]) for home in homes}


def lines_of(path):
    with path.open() as file:
        return list(csv.DictReader(file))


def test_households_of_a_file_are_taxed_as_stock_taxes_them(simulate, population):
    path, oracle = population
    told = simulate(path, "--outputs", IR, "--period", "2024", "--out", path.with_name("r.csv"))
    with path.with_name("r.csv").open() as file:
        found = {row["foyer_fiscal"]: float(row[IR]) for row in csv.DictReader(file)}

    assert found == pytest.approx(oracle, abs=0.01)
    assert f"somme {number(round(sum(oracle.values())))}" in told
    assert "lignes par seconde" in told
    assert {one.name for one in path.parent.iterdir()} == {"menages.csv", "r.csv"}


def test_outputs_of_several_entities_are_written_a_row_a_person_and_counted_once(simulate, population):
    path, oracle = population
    target = path.with_name("r.parquet")
    told = simulate(path, "--outputs", IR, "--period", "2024", "--out", target)
    alone = told.splitlines()[1]
    told = simulate(path, "--outputs", f"{IR},salaire_imposable", "--period", "2024", "--out", target)

    assert alone in told.splitlines()
    assert pq.read_table(target).column_names[:4] == ["individu", "famille", "foyer_fiscal", "menage"]
    assert pq.read_metadata(target).num_rows > len(oracle)


def test_a_reform_is_a_file_or_a_few_words(simulate, population, tmp_path):
    path, _ = population
    rate = "impot_revenu.bareme_ir_depuis_1945.bareme[1].rate"
    (tmp_path / "reforme.json").write_text(json.dumps([{"parameter": rate, "value": 0.2, "start": "2024-01-01"}]))
    told = [
        simulate(path, "--outputs", IR, "--period", "2024", "--out", tmp_path / "r.csv", *changes).splitlines()[1:]
        for changes in ((), ("--changes", tmp_path / "reforme.json"), ("--changes", f"{rate}=0.2@2024-01-01"))
    ]

    assert told[0][0] not in told[1]
    assert told[1] == told[2]
    assert len(told[1]) > len(told[0])


def test_a_reform_gives_both_results_and_who_gains_as_stock_computed_them(simulate, population, data):
    path, before = population
    after = {f"t{one['household']}": float(one["ir_reform_first_rate_10"]) for one in oracle_of(data)}
    change, out = "impot_revenu.bareme_ir_depuis_1945.bareme[1].rate=0.1@2024-01-01", path.with_name("r.csv")
    told = simulate(path, "--outputs", IR, "--period", "2024", "--changes", change, "--out", out)
    told = told.replace("\n", " ")

    found = {row["foyer_fiscal"]: (float(row[f"{IR}_avant"]), float(row[f"{IR}_apres"])) for row in lines_of(out)}
    assert {key: first for key, (first, _) in found.items()} == pytest.approx(before, abs=0.01)
    assert {key: last for key, (_, last) in found.items()} == pytest.approx(
        {key: after[key] for key in found}, abs=0.01
    )
    gains = sum(after[key] - before[key] >= 1 for key in before)
    assert gains > 100
    total = round(sum(after[key] - before[key] for key in before))
    assert f"{IR} : différence +{number(total)}, {number(gains)} gagnent au moins 1, 0 perdent" in told


def oracle_of(data):
    return lines_of(data / "models/synthetic-households/synth_a_households.csv")


def test_parts_add_up_to_what_the_page_says_of_the_whole(tiny, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("person,earned\n" + "".join(f"p{n},{n % 7}\n" for n in range(5_000)))
    source, target = Source(path), tmp_path / "r.parquet"
    found = layout(tiny.card(), tiny.fields(), source.columns, "2024")
    asked = Simulation(tiny, ("benefit",), "2024", (Change("rate", 0.9, date(2024, 1, 1)),), target)
    progress = Progress()
    asked.run(chunks(source, found, 1_000), progress, lambda _now: None)

    written = pq.read_table(target)
    before, after = (written.column(f"benefit_{side}").to_numpy() for side in ("avant", "apres"))
    page, parts = compare(before, after, before), progress.balances["benefit"]
    assert progress.computed == 5
    assert (parts.rows, parts.winners, parts.losers) == (page.households, page.winners, page.losers)
    assert (parts.before, parts.after) == pytest.approx((page.total_before, page.total_after))
    assert 0 < parts.winners < parts.rows


def test_what_was_interrupted_is_taken_up_again(tiny, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("person,earned\n" + "".join(f"p{n},{n}\n" for n in range(5_000)))
    source, asked = Source(path), Simulation(tiny, ("benefit",), "2024", (), tmp_path / "r.csv")
    found = layout(tiny.card(), tiny.fields(), source.columns, "2024")
    parts = list(chunks(source, found, 1_000))

    def stop(progress):
        if progress.computed == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked.run(iter(parts), Progress(), stop)
    assert len(list(asked.parts.glob("*.parquet"))) == 1
    assert not asked.target.exists()

    again = Progress()
    asked.run(iter(parts), again, lambda _now: None)
    assert again.kept == 1
    assert again.totals["benefit"].sum == sum(range(5_000)) / 2
    assert not asked.parts.exists()


def test_parts_of_equal_values_keep_their_own_identifiers(tiny, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("person,earned\n" + "".join(f"p{n},10\n" for n in range(50_000)))
    source, asked = Source(path), Simulation(tiny, ("benefit",), "2024", (), tmp_path / "r.parquet")
    asked.run(
        chunks(source, layout(tiny.card(), tiny.fields(), source.columns, "2024"), 10_000),
        Progress(),
        lambda _now: None,
    )

    assert pq.read_table(asked.target).column("person").to_pylist() == [f"p{n}" for n in range(50_000)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--outputs", "revenu_disponibl"], "« revenu_disponible »"),
        (["--outputs", IR, "--period", "2024-13"], "n'est pas une période"),
        (["--outputs", IR, "--changes", "x=1@2024-01-01"], "pas de champ « x »"),
        (["--outputs", IR, "--changes", "x"], "ni un fichier JSON"),
        (["--outputs", IR, "--out", "r.xlsx"], ".csv ou en .parquet"),
        (["--outputs", IR, "--out", "absent/r.csv"], "n'existe pas"),
    ],
)
def test_a_wrong_wish_is_refused(simulate, population, words, said):
    with pytest.raises(ParvisError, match=said):
        simulate(population[0], "--period", "2024", *words)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"),
        ("r.yml", "!!python/object/apply:os.system ['true']"),
        ("r.json", "- &a [*a, *a]"),
        ("r.json", "[" * 50_000),
        ("r.json", '[{"parameter": "x", "value": NaN, "start": "2024-01-01"}]'),
        ("r.json", '{"parameter": "x"}'),
        ("r.json", '[{"parameter": "x", "value": 1, "start": "2024-01-01", "__class__": "x"}]'),
    ],
)
def test_a_hostile_file_of_changes_is_refused(simulate, population, tmp_path, name, content):
    (tmp_path / name).write_text(content)

    with pytest.raises(ParvisError):
        simulate(population[0], "--outputs", IR, "--period", "2024", "--changes", tmp_path / name)


def test_results_are_written_whole_or_not_at_all(tiny, tmp_path):
    with pytest.raises(WrongOutput):
        Simulation(tiny, ("benefit",), "2024", (), tmp_path / "r.txt").check()
