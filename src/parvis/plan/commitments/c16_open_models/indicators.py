"""What measures commitment 16: an inventory of public models, how many are open, and how many anyone may run here."""

from pathlib import Path
from typing import Final

from parvis.core.undertakings.indicators import Direction, Gauge, Indicator

_HERE: Final = Path(__file__).parent
_REGISTERS: Final = ("models",)

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        slug="modeles-recenses",
        title="Modèles recensés",
        summary=(
            "Nombre de modèles publics dont la fiche est ici, chacun avec la source de ses faits. Sans cible : nulle "
            "administration ne publie la liste de ses modèles, et l'inventaire n'est pas complet."
        ),
        question=_HERE / "modeles_recenses.sql",
        value="count(*)",
        unit="modèles",
        unit_one="modèle",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=365,
        milestones=("E16-J01",),
    ),
    Indicator(
        slug="modeles-ouverts",
        title="Modèles dont le code est ouvert",
        summary=(
            "Part des modèles recensés dont le code est ouvert. Un modèle dont on ne sait pas s'il est ouvert compte "
            "comme ne l'étant pas : personne ne peut s'en servir. Sans cible."
        ),
        question=_HERE / "modeles_ouverts.sql",
        value="100.0 * avg(est_ouvert::int)",
        unit="% des modèles recensés",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=365,
        gauge=Gauge.OPENED,
        opens=("access_to_information",),
        milestones=("E16-J01",),
    ),
    Indicator(
        slug="modeles-executables",
        title="Modèles que chacun exécute ici",
        summary=(
            "Nombre de modèles installés sur ce site, avec un formulaire et une API. Un moteur déclaré et non "
            "installé ne compte pas. Sans cible."
        ),
        question=_HERE / "modeles_executables.sql",
        value="count(*) filter (installe)",
        unit="modèles",
        unit_one="modèle",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=90,
        gauge=Gauge.OPENED,
        opens=("access_to_information", "public_accountability"),
        milestones=("E16-J02",),
    ),
    Indicator(
        slug="cas-officiels-reussis",
        title="Cas officiels réussis",
        summary=(
            "Part des cas publiés par les auteurs des modèles que leur exécution ici réussit. À l'installation, un "
            "échantillon est joué ; les lignes disent lequel, et montrent à part les cas que nul auteur n'a publiés, "
            "qui ne comptent pas. Sans cible : en dessous de 100 %, chaque échec se lit."
        ),
        question=_HERE / "cas_officiels_reussis.sql",
        value="100.0 * sum(cas_reussis) filter (publies) / sum(cas_joues) filter (publies)",
        unit="% des cas joués",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=90,
    ),
)
