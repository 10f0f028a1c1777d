"""What a bound makes of a population: hits, order, chance, and what too few peers forbid."""

from math import comb

import duckdb
import pytest

from parvis.core.finding.bounds import Bound, Chance, Side

COLUMNS = "subject, peers, value, weight, successes, trials, expected"


def judged(bound, rows):
    """Return the hits of a bound over rows of COLUMNS, as mappings."""
    values = ", ".join(f"({', '.join(map(repr, row))})" for row in rows)
    population = (
        f"select *, subject as label, null::varchar as uid, null::varchar as buyer_id, null::varchar as supplier_id, "
        f"'1234.5 €, 12,345 marché(s), 1 acte(s), 0 offre(s)' as because, [subject] as evidence, 1 as evidence_count "
        f"from (values {values}) as given({COLUMNS})"
    )
    answered = duckdb.connect().execute(bound.hits(population))
    names = [column[0] for column in answered.description]
    return [dict(zip(names, row, strict=True)) for row in answered.fetchall()]


def plain(name, value, weight=1.0, peers="all"):
    return (name, peers, value, weight, 0, 1, 0.5)


def test_a_fixed_bound_is_met_when_equalled_and_orders_by_the_euro_at_stake():
    rows = [plain("a", 2.0, 10.0), plain("b", 1.0, 99.0), plain("c", 3.0, 20.0)]

    assert [(hit["rank"], hit["subject"]) for hit in judged(Bound(fixed=2), rows)] == [(1, "c"), (2, "a")]


def test_the_low_side_takes_small_values_only():
    rows = [plain("one", 1.0), plain("two", 2.0)]

    assert [hit["subject"] for hit in judged(Bound(side=Side.LOW, fixed=1), rows)] == ["one"]


def test_a_fence_compares_with_peers_only():
    rows = [plain(f"small{i}", 10.0 + i, peers="small") for i in range(9)] + [plain("far", 100.0, peers="small")]
    rows += [plain(f"large{i}", 100.0 + i, peers="large") for i in range(10)]

    hits = judged(Bound(), rows)

    assert [hit["subject"] for hit in hits] == ["far"]
    assert hits[0]["bound"] < 100


def test_too_few_peers_give_no_fence():
    rows = [plain("a", 1.0), plain("b", 1.0), plain("c", 1.0), plain("far", 1000.0)]

    assert judged(Bound(minimum_peers=5), rows) == []
    assert [hit["subject"] for hit in judged(Bound(minimum_peers=4, fixed=1000), rows)] == ["far"]


def test_where_all_are_alike_none_is_an_outlier():
    assert judged(Bound(), [plain(f"m{i}", 1.0) for i in range(12)]) == []


def test_orders_of_magnitude_have_a_low_fence_that_plain_values_lack():
    rows = [plain(f"m{i}", 1000.0 * 1.2**i) for i in range(12)] + [plain("tiny", 0.5)]

    assert [hit["subject"] for hit in judged(Bound(side=Side.BOTH, is_logarithmic=True), rows)] == ["tiny"]
    assert judged(Bound(side=Side.BOTH), rows) == []


def buyers():
    """Twenty ordinary buyers, one whose excess is chance, one whose excess is not."""
    ordinary = [(f"buyer{i:02}", "all", 0.1, 1.0, 2, 20, 0.1) for i in range(20)]
    return [*ordinary, ("lucky", "all", 0.25, 1.0, 5, 20, 0.1), ("odd", "all", 0.9, 1.0, 18, 20, 0.1)]


def test_a_rate_is_a_hit_only_when_chance_does_not_explain_it():
    hits = judged(Bound(chance=Chance.BINOMIAL), buyers())

    assert [hit["subject"] for hit in hits] == ["odd"]
    assert [hit["subject"] for hit in judged(Bound(), buyers())] == ["lucky", "odd"]


def tail(successes, trials, rate):
    """Return the chance of at least so many successes."""
    return sum(comb(trials, i) * rate**i * (1 - rate) ** (trials - i) for i in range(successes, trials + 1))


def test_chance_is_the_upper_tail_of_the_binomial_law_corrected_for_all_who_were_examined():
    hit = judged(Bound(chance=Chance.BINOMIAL), buyers())[0]

    assert hit["p"] == pytest.approx(tail(18, 20, 0.1), rel=1e-6)
    assert hit["q"] == pytest.approx(22 * tail(18, 20, 0.1), rel=1e-6)


def test_the_correction_is_the_one_of_benjamini_and_hochberg():
    chances = {"a": 0.001, "b": 0.02, "c": 0.03, "d": 0.5}  # q: 0.004, 0.04, 0.04, 0.5
    population = " union all ".join(
        f"select '{name}' as subject, '{name}' as label, null::varchar as uid, null::varchar as buyer_id, "
        f"null::varchar as supplier_id, 'all' as peers, 1.0 as value, 1.0 as weight, {p} as p_given, "
        f"'' as because, ['x'] as evidence, 1 as evidence_count"
        for name, p in chances.items()
    )
    sql = Bound(fixed=1, chance=Chance.GIVEN, false_discovery=1.0).hits(population)

    found = duckdb.connect().execute(f"select subject, q from ({sql}) order by subject").fetchall()

    assert found == [("a", pytest.approx(0.004)), ("b", pytest.approx(0.04)), ("c", pytest.approx(0.04)), ("d", 0.5)]


def test_sentences_write_numbers_as_french_does():
    assert (
        judged(Bound(fixed=1), [plain("a", 1.0)])[0]["because"]
        == "1234,5\u00a0€, 12\u202f345 marchés, 1 acte, 0 offre"
    )


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        (Bound(fixed=0.4), "au moins 0,4"),
        (Bound(side=Side.LOW, fixed=1), "au plus 1"),
        (Bound(), "au moins Q3 + 1,5 × (Q3 − Q1), parmi ses semblables (8 au moins)"),
        (Bound(fixed=0.8, chance=Chance.BINOMIAL), "Benjamini-Hochberg, 5 % de fausses pistes au plus"),
    ],
)
def test_a_bound_says_itself_in_french(bound, words):
    assert words in bound.sentence.replace("\u00a0", " ")
