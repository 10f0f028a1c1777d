"""What measures commitment 12: texts open article by article, and whose words they become."""

from pathlib import Path
from typing import Final

from parvis.core.undertakings.indicators import Direction, Gauge, Indicator

_HERE: Final = Path(__file__).parent
_REGISTERS: Final = ("debates",)

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        slug="textes-ouverts",
        title="Textes ouverts article par article",
        summary=(
            "Nombre de textes mis en débat ici article par article, archives comprises : l'avant-projet de 2015 en "
            "est un. Sans cible : le plan n'en promet qu'un."
        ),
        question=_HERE / "textes_ouverts.sql",
        value="count(*)",
        unit="textes",
        unit_one="texte",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=30,
        gauge=Gauge.DONE,
        milestones=("E12-J03",),
    ),
    Indicator(
        slug="articles-ouverts",
        title="Articles ouverts à contribution",
        summary=(
            "Nombre d'articles sur lesquels on peut, ou on a pu, contribuer. Un article débattu deux fois compte une "
            "fois. Les articles dont aucune source ne donne les mots ne comptent pas."
        ),
        question=_HERE / "articles_ouverts.sql",
        value="count(*)",
        unit="articles",
        unit_one="article",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=30,
        gauge=Gauge.OPENED,
        opens=("civic_participation",),
        milestones=("E12-J03",),
    ),
    Indicator(
        slug="redactions-avec-un-sort",
        title="Autres rédactions dont le sort est public",
        summary=(
            "Part des autres rédactions proposées ici qui ont leur réponse : adoptée, en partie, non retenue, notée. "
            "Celles de 2015 ne comptent pas : les réponses du gouvernement ne sont dans aucune des sources."
        ),
        question=_HERE / "redactions_avec_un_sort.sql",
        value="100.0 * avg(a_un_sort::int)",
        unit="% des rédactions",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=7,
        gauge=Gauge.OPENED,
        opens=("civic_participation", "public_accountability"),
        milestones=("E12-J03",),
    ),
    Indicator(
        slug="mots-adoptes-avec-source",
        title="Mots adoptés qui mènent à leur contribution",
        summary=(
            "Nombre de mots entrés dans un texte par une contribution adoptée : qui les a proposés, qui les a adoptés "
            "et quand se lisent à côté de chacun. Les mots ôtés ne comptent pas. Sans cible."
        ),
        question=_HERE / "mots_adoptes.sql",
        value="sum(nombre)",
        unit="mots",
        unit_one="mot",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=30,
        gauge=Gauge.OPENED,
        opens=("civic_participation",),
        milestones=("E12-J03",),
    ),
)
