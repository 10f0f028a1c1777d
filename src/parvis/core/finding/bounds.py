"""What makes a row of a flag's population a hit: a bound on its value, and how surprising it is among the others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from parvis.core.finding.fences import WHISKER, quantile_sql

REWRITTEN: Final = (
    (r"(\d),(\d)", "\\1\u202f\\2"),  # 12,345 marchés
    (r"(\d)\.(\d)", "\\1,\\2"),  # 1.5 offre
    (r"\b([01]) (\pL+)\(s\)", "\\1 \\2"),  # 1 marché(s), 0 offre(s)
    (r"\(s\)", "s"),
    (" ([%€;:?!»])", "\u00a0\\1"),
)
"""What French writes another way than DuckDB's `format`, which only knows the English one."""


def french(sentence: str) -> str:
    """Write the SQL that writes a sentence's numbers, plurals and signs as French does."""
    for pattern, replacement in REWRITTEN:
        sentence = f"regexp_replace({sentence}, '{pattern}', '{replacement}', 'g')"
    return sentence


class Side(StrEnum):
    """Which values are hits: those at or past the bound, above, below, or on either side."""

    HIGH = "high"
    LOW = "low"
    BOTH = "both"


class Chance(StrEnum):
    """How a row's p-value is known. It is then corrected for the number of rows examined (Benjamini-Hochberg)."""

    NONE = "none"  # the value is a fact of one contract: nothing to do with chance
    BINOMIAL = "binomial"  # the row gives successes, trials and expected (the rate of all): upper tail
    GIVEN = "given"  # the row gives its own p


@dataclass(frozen=True, kw_only=True)
class Bound:
    """The bound of a flag: `fixed` by a text or a guide, or else Tukey's fences among the row's peers."""

    side: Side = Side.HIGH
    fixed: float | None = None
    minimum_peers: int = 8  # fewer values give no fence worth the name: no hit among them
    is_logarithmic: bool = False  # compare orders of magnitude: for amounts, whose low fence would be negative
    chance: Chance = Chance.NONE
    false_discovery: float = 0.05  # share of false leads accepted among those that a chance test keeps

    @property
    def sentence(self) -> str:
        """Say the bound in French."""
        words = {Side.HIGH: "au moins", Side.LOW: "au plus", Side.BOTH: "hors de"}[self.side]
        if self.fixed is not None:
            bound = f"{words} {self.fixed:g}".replace(".", ",")
        else:
            fence = {
                Side.HIGH: "Q3 + 1,5 × (Q3 − Q1)",
                Side.LOW: "Q1 − 1,5 × (Q3 − Q1)",
                Side.BOTH: "[Q1 − 1,5 × (Q3 − Q1) ; Q3 + 1,5 × (Q3 − Q1)]",
            }[self.side]
            scale = ", en ordre de grandeur" if self.is_logarithmic else ""
            bound = f"{words} {fence}{scale}, parmi ses semblables ({self.minimum_peers} au moins)"
        if self.chance is Chance.NONE:
            return bound
        share = f"{100 * self.false_discovery:.0f} %"
        return (
            f"{bound}, et écart que le hasard n'explique pas (Benjamini-Hochberg, {share} de fausses pistes au plus)"
        )

    def hits(self, population: str) -> str:
        """Write the SELECT of the hits, from the population's SQL: `rank` orders them, the euro at stake first."""
        return f"""with population as (
{population}
),
peers as (
    select peers, list_sort(list({self._scaled})) as ordered from population group by peers
),
quartiles as (
    select peers, len(ordered) as peers_count, {quantile_sql("ordered", 0.25)} as q1,
        {quantile_sql("ordered", 0.75)} as q3
    from peers
),
chances as (
    select population.*, {self._p()} as p from population
),
ordered as (
    select *, row_number() over (order by p, subject) as p_rank, count(p) over () as tests from chances
),
corrected as (
    select *, case when p is not null then least(1.0, min(p * tests / p_rank) over (
        order by p_rank desc rows between unbounded preceding and current row)) end as q
    from ordered
),
judged as (
    select corrected.*, peers_count, q1, q3, {self._low()} as low, {self._high()} as high
    from corrected join quartiles on corrected.peers is not distinct from quartiles.peers
)
select row_number() over (order by weight desc nulls last, subject) as rank,
    subject, label, uid, buyer_id, supplier_id, value::double as value,
    case when value <= low then low else high end as bound, p, q,
    {french("because")} as because, evidence, evidence_count
from judged
where {self._is_hit()}
order by rank"""

    @property
    def _scaled(self) -> str:
        return "log10(value::double)" if self.is_logarithmic else "value::double"

    def _fence(self, sql: str) -> str:
        if self.fixed is not None:
            return f"{self.fixed}::double"
        return f"10 ** ({sql})" if self.is_logarithmic else sql

    def _p(self) -> str:
        if self.chance is Chance.GIVEN:
            return "p_given"
        if self.chance is Chance.NONE:
            return "null::double"
        # Upper tail of the binomial law: chance of at least `successes` among `trials` at the rate of all.
        term = (
            "exp(lgamma(trials + 1) - lgamma(i + 1) - lgamma(trials - i + 1) "
            "+ i * ln(expected) + (trials - i) * ln(1 - expected))"
        )
        tail = f"least(1.0, list_sum(list_transform(range(successes::bigint, trials::bigint + 1), lambda i: {term})))"
        return f"case when successes = 0 or expected >= 1 then 1.0 when expected > 0 then {tail} end"

    def _low(self) -> str:
        if self.side is Side.HIGH:
            return "null::double"
        return self._fence(f"q1 - {WHISKER} * (q3 - q1)")

    def _high(self) -> str:
        if self.side is Side.LOW:
            return "null::double"
        return self._fence(f"q3 + {WHISKER} * (q3 - q1)")

    def _is_hit(self) -> str:
        conditions = ["(value <= low or value >= high)"]
        if self.fixed is None:
            # Where most peers are alike, quartiles and fences are one: a value is an outlier only past the quartile.
            conditions.append(f"peers_count >= {self.minimum_peers} and ({self._scaled} < q1 or {self._scaled} > q3)")
        if self.chance is not Chance.NONE:
            conditions.append(f"q <= {self.false_discovery}")
        return " and ".join(conditions)
