"""FaIR, a simple climate model with its calibrated ensemble: from emissions to warming, with its uncertainty."""

from pathlib import Path
from typing import Final

from parvis.core.simulators.engines import DeclaredEngine

ENGINE: Final = DeclaredEngine(
    slug="fair",
    title="FaIR 2, ensemble calibré 1.4.1",
    summary="Des émissions mondiales au réchauffement de la planète, avec son incertitude : 841 jeux de paramètres.",
    module="parvis.climate.engines.fair.model",
    requirements=Path(__file__).parent / "requirements.txt",
    cases="models/climate/fair",
    memory=2 * 2**30,
    seconds=60.0,
    processes=1,
)
