"""FaIR, a simple climate model with its calibrated ensemble: from emissions to warming, with its uncertainty."""

from pathlib import Path
from typing import Final

from parvis.core.simulators.engines import Around, DeclaredEngine

ENGINE: Final = DeclaredEngine(
    slug="fair",
    title="FaIR 2, ensemble calibré 1.4.1",
    summary="Des émissions mondiales au réchauffement de la planète, avec son incertitude : 841 jeux de paramètres.",
    module="parvis.climate.engines.fair.model",
    requirements=Path(__file__).parent / "requirements.txt",
    cases="models/climate/fair",
    cases_by=(
        "Ces cas ne viennent pas de ceux qui écrivent le modèle : ce projet a calculé les quantiles attendus avec "
        "leur programme, le paquet « fair » 2.2.5, et le rejoue sur quelques membres. Ils disent que ce site "
        "calcule comme lui."
    ),
    around=(
        Around(
            "part-d-un-pays",
            "La part d'un pays dans le réchauffement",
            "Le CO2 fossile qu'un pays a émis, et de combien la planète serait moins chaude sans lui.",
            "climate-nation",
        ),
    ),
    memory=2 * 2**30,
    seconds=60.0,
    processes=1,
)
