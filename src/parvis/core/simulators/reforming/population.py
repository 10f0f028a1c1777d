"""What a reform does to a population, in words and in a drawing: on its own page, and wherever it is published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parvis.core import french
from parvis.core.simulators.hosting.records import built
from parvis.core.simulators.reforming.effects import PopulationEffect
from parvis.core.simulators.units import period_words, unit_words, written
from parvis.core.web import charts
from parvis.core.web.charts import Chart


@dataclass(frozen=True)
class PopulationShown:
    """The effect, and how a page tells it."""

    effect: PopulationEffect

    def public(self) -> PopulationEffect:
        """Return what machines are given."""
        return self.effect

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """Give the deciles as the page counts them: a tax above zero; a gain above zero, whatever the output."""
        sign = self.effect.sign
        for decile in self.effect.comparison.deciles:
            yield {
                "decile": decile.rank,
                "ranking_low": decile.low,
                "ranking_high": decile.high,
                "households": decile.households,
                "mean_before": sign * decile.mean_before + 0.0,
                "mean_after": sign * decile.mean_after + 0.0,
                "mean_gain": decile.mean_change,
                "winners": decile.winners,
                "losers": decile.losers,
                "unchanged": decile.unchanged,
            }

    @property
    def sentence(self) -> str:
        """Say in a sentence who gains and who loses."""
        found, unit = self.effect.comparison, self.effect.unit
        count, least = french.count(found.households, "ménage,ménages"), written(found.threshold, unit)
        return (
            f"Sur {count}, {french.number(found.winners)} gagnent au moins {least}, {french.number(found.losers)} "
            f"perdent au moins {least}, et {french.number(found.unchanged)} ne sont pas touchés."
        )

    @property
    def when(self) -> str:
        """Say which period the sums are of, in words."""
        return period_words(self.effect.period) if self.effect.period else ""

    @property
    def texts(self) -> Mapping[str, str]:
        """Write sums with their unit: totals with the sign that the page gives them, gains above zero."""
        found, unit, sign = self.effect.comparison, self.effect.unit, self.effect.sign
        totals = {"before": found.total_before, "after": found.total_after, "change": found.total_change}
        means = {"mean_change": found.mean_change, "mean_gain": found.mean_gain, "mean_loss": found.mean_loss}
        said = {f"total_{name}": written(round(sign * value) + 0, unit) for name, value in totals.items()}
        for name, value in means.items():
            said[name] = "" if value is None else written(round(value, 2) + 0.0, unit)
        return {**said, "threshold": written(found.threshold, unit)}

    @property
    def chart(self) -> Chart:
        """Draw the mean gain or loss of each decile; its table also tells who gains and who loses."""
        title = in_unit("Gain moyen par ménage, décile par décile", self.effect.unit)
        drawn = [_drawn(row) for row in self.rows()]
        return charts.bar(drawn, x="decile", y="change", title=title, names=_names(self.effect))


def stored(summary: Mapping[str, object] | None) -> PopulationShown | None:
    """Read the effect that was published with a calculation; None where there is none."""
    return PopulationShown(built(PopulationEffect, summary)) if summary else None


def _drawn(row: Mapping[str, Any]) -> dict[str, object]:
    return {
        "decile": ordinal(row["decile"]),
        "change": round(row["mean_gain"], 2),
        "low": round(row["ranking_low"]),
        "high": round(row["ranking_high"]),
        "before": round(row["mean_before"], 2) + 0.0,
        "after": round(row["mean_after"], 2) + 0.0,
        **{name: row[name] for name in ("winners", "losers", "unchanged")},
    }


def _names(effect: PopulationEffect) -> dict[str, str]:
    return {
        "decile": f"Décile de « {effect.ranking} »",
        "change": in_unit("Gain moyen", effect.unit),
        "low": "De",
        "high": "À",
        "before": "Moyenne avant",
        "after": "Moyenne après",
        "winners": "Gagnants",
        "losers": "Perdants",
        "unchanged": "Inchangés",
    }


def in_unit(title: str, unit: str) -> str:
    """Say the unit after a title; nothing where the model gives none."""
    words = unit_words(unit)
    return f"{title} ({words})" if words else title


def ordinal(rank: int) -> str:
    return f"{rank}er décile" if rank == 1 else f"{rank}e décile"
