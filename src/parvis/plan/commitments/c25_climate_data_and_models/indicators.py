"""What measures commitment 25: series on the climate published here, and climate models that anyone may run."""

from pathlib import Path
from typing import Final

from parvis.core.undertakings.indicators import Direction, Gauge, Indicator

_HERE: Final = Path(__file__).parent

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        slug="series-publiees",
        title="Séries climatiques publiées",
        summary=(
            "Nombre de séries annuelles d'émissions et de puits de carbone publiées ici : un pays ou un ensemble, un "
            "combustible, ou un poste du budget du monde, qui a au moins une valeur. Sans cible."
        ),
        question=_HERE / "series_publiees.sql",
        value="count(*)",
        unit="séries",
        unit_one="série",
        direction=Direction.UP,
        registers=("carbon_budget",),
        freshness_days=365,
        gauge=Gauge.OPENED,
        opens=("access_to_information",),
        milestones=("E25-J01",),
    ),
    Indicator(
        slug="modeles-climatiques-executables",
        title="Modèles du climat que chacun exécute ici",
        summary=(
            "Nombre de modèles du climat installés sur ce site. Un moteur déclaré et non installé ne compte pas. "
            "Sans cible."
        ),
        question=_HERE / "modeles_climatiques_executables.sql",
        value="count(*) filter (installe)",
        unit="modèles",
        unit_one="modèle",
        direction=Direction.UP,
        registers=("models",),
        freshness_days=90,
        gauge=Gauge.OPENED,
        opens=("access_to_information", "public_accountability"),
        milestones=("E25-J01",),
    ),
)
