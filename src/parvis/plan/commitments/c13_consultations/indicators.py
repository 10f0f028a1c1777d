"""What measures commitment 13: one directory of debates, and what becomes of each contribution."""

from pathlib import Path
from typing import Final

from parvis.core.undertakings.indicators import Direction, Gauge, Indicator

_HERE: Final = Path(__file__).parent
_REGISTERS: Final = ("debates",)
_DUE: Final = (
    "Une contribution appelle une réponse quand l'étape de son débat en promet une, à une date. Les archives n'en ont "
    "pas : leurs sources ne donnent ni délai ni réponse. Ce qui a reçu sa réponse compte, retiré ou masqué depuis "
    "compris ; ce qui l'attend ne compte que publié."
)

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        slug="debats-recenses",
        title="Débats recensés au même endroit",
        summary=(
            "Nombre de débats dont la fiche est ici : ceux tenus ici, les archives, et ceux connus par leurs faits "
            "publiés. Sans cible : aucune source ouverte ne dit combien de débats publics se tiennent en France."
        ),
        question=_HERE / "debats_recenses.sql",
        value="count(*)",
        unit="débats",
        unit_one="débat",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=30,
        gauge=Gauge.OPENED,
        opens=("access_to_information",),
        milestones=("E13-J01",),
    ),
    Indicator(
        slug="fiches-completes",
        title="Complétude des fiches DebatesCore",
        summary=(
            "Part des cases remplies parmi dix champs de la fiche : titre, description, organisateur, ouverture, "
            "clôture, territoire, sujets, modalités, adresse, licence. Remplie veut dire présente, non exacte. "
            "Sans cible : DebatesCore ne dit pas quels champs sont obligatoires."
        ),
        question=_HERE / "fiches_completes.sql",
        value="10.0 * avg(remplies)",
        unit="% des cases",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=30,
        milestones=("E13-J01",),
    ),
    Indicator(
        slug="contributions-avec-un-sort",
        title="Contributions dont le sort est public",
        summary=f"Part des contributions qui appellent une réponse et dont le sort est dit. {_DUE} Sans cible.",
        question=_HERE / "contributions_avec_un_sort.sql",
        value="100.0 * avg(a_un_sort::int)",
        unit="% des contributions",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=30,
        gauge=Gauge.OPENED,
        opens=("civic_participation", "public_accountability"),
    ),
    Indicator(
        slug="taux-de-reponse",
        title="Taux de réponse",
        summary=(
            "Part des réponses données, parmi celles données ou dont la date est passée ; ce qui n'est pas encore dû "
            f"ne compte pas. {_DUE} Sans cible : le délai est une promesse de chaque procédure."
        ),
        question=_HERE / "taux_de_reponse.sql",
        value="100.0 * avg(repondu::int)",
        unit="% des réponses dues",
        direction=Direction.UP,
        registers=_REGISTERS,
        freshness_days=7,
        gauge=Gauge.OPENED,
        opens=("public_accountability",),
    ),
    Indicator(
        slug="delai-median",
        title="Délai médian de réponse, les silences comptés",
        summary=(
            "Jours au bout desquels la moitié des contributions ont leur réponse (Kaplan et Meier, 1958) : une "
            "contribution encore sans réponse compte pour « plus que le temps déjà attendu ». Inconnu tant que moins "
            "de la moitié a reçu réponse. Sans cible."
        ),
        question=_HERE / "delai_median.sql",
        value="min(jours) filter (part_sans_reponse <= 0.5)",
        unit="jours",
        unit_one="jour",
        direction=Direction.DOWN,
        registers=_REGISTERS,
        freshness_days=7,
    ),
)
