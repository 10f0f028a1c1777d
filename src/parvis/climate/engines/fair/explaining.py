"""Why it warms: what each group of gases and particles forces, with its paper; and which input moves it most."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from parvis.climate.engines.fair import paths
from parvis.climate.engines.fair.catalogue import CUMMINS, FORCINGS, LEACH, SMITH
from parvis.climate.engines.fair.paths import FEW, IN_2030, IN_2050, MEMBERS, NEUTRAL, SCENARIO, Path
from parvis.core.simulators.contract import Ref, Step, Table

if TYPE_CHECKING:
    from parvis.climate.engines.fair.model import Fair

ROOT: Final = -1


def steps(model: "Fair", world: Path, output: str, year: int, *, whole: bool) -> Sequence[Step]:
    """Explain an output of a year: the answer, the forcing that makes it, and its parts in decreasing order."""
    paths.refuse_unknown([output], [one.name for one in model.known.values() if one.kind == "output"], "résultat")
    names = [f"forcage_{group}_p50" for group in FORCINGS]
    carbon = ("co2_p50", "emissions_co2_fossile", "emissions_co2")
    found = model.world(world, [output, "forcage_p50", *names, *carbon], range(year, year + 1))
    value = {name: float(one[0]) for name, one in found.items()}
    parts = sorted(FORCINGS, key=lambda group: -abs(value[f"forcage_{group}_p50"]))
    made = [
        step(
            model,
            output,
            year,
            value[output],
            ROOT,
            "Bilan d’énergie de trois couches d’océan sous ce forçage.",
            CUMMINS,
        ),
        step(model, "forcage_p50", year, value["forcage_p50"], 0, TOTAL, SMITH, LEACH),
    ]
    made += [
        step(model, f"forcage_{one}_p50", year, value[f"forcage_{one}_p50"], 1, "", FORCINGS[one][1]) for one in parts
    ]
    carbon_at = 2 + parts.index("co2")
    if not whole:
        made[carbon_at] = replace(made[carbon_at], left=len(carbon) + len(given(world)))
        return made
    made += [step(model, name, year, value[name], carbon_at, "", LEACH) for name in carbon]
    return [*made, *(replace(one, parent=len(made) - 2) for one in told(model, world))]


TOTAL: Final = (
    "Somme des forçages de chaque groupe. Chacun est une médiane sur les membres : leur somme n’est la médiane de la "
    "somme qu’à peu près."
)


def step(  # noqa: PLR0913, PLR0917 -- a step has these
    model: "Fair", name: str, year: int, value: float, parent: int, sentence: str, *refs: Ref
) -> Step:
    field = model.known[name]
    return Step(name, field.label, str(year), value, field.unit, refs, parent, sentence)


def given(world: Path) -> list[tuple[str, float | str]]:
    """Return what the world was asked to be, by input."""
    return [(SCENARIO, world.scenario), *world.said]


def told(model: "Fair", world: Path) -> Iterator[Step]:
    """Yield what the person said, as steps."""
    for name, value in given(world):
        field = model.known[name]
        yield Step(name, field.label, "", value, field.unit, field.refs, ROOT, is_given=True)


def missing(model: "Fair", table: Table, outputs: Sequence[str], period: str) -> Sequence[str]:
    """Name the inputs not given, by what they can change of the first output in the last year asked."""
    world = replace(paths.paths(table, model.known)[0], members=FEW)
    rows = table.entities[paths.ENTITY]
    known = {name for name, _ in rows.columns}
    year = paths.years(period)[-1]
    name = outputs[0] if outputs else "rechauffement_p50"
    given = dict(world.levels)
    soon = max(2040, *(when + 5 for when in given), 0)  # carbon ends after the levels that are given
    tried = {
        SCENARIO: [replace(world, scenario=one) for one in ("verylow", "high-extension")],
        IN_2030: [passing(world, {**given, 2030: share}) for share in (1.5, 0.0)],
        IN_2050: [passing(world, {**given, 2050: share}) for share in (1.5, 0.0)],
        NEUTRAL: [passing(world, {**given, when: 0.0}) for when in (soon, 2100)],
    }
    moves = {
        asked: np.ptp([model.world(one, [name], range(year, year + 1))[name][0] for one in worlds])
        for asked, worlds in tried.items()
        if asked not in known
    }
    order = sorted((one for one in moves if moves[one] > 0), key=lambda one: -moves[one])
    return [*order, *([MEMBERS] if MEMBERS not in known else [])]


def passing(world: Path, levels: Mapping[int, float]) -> Path:
    """Return the world whose fossil CO2 passes by these shares of 2022's."""
    return replace(world, levels=tuple(sorted(levels.items())))
