"""What measures commitment 2: the public procurement register, published in time, whole, identified and fresh."""

from datetime import date
from pathlib import Path
from typing import Final

from parvis.core.undertakings.functions import Function
from parvis.core.undertakings.indicators import Direction, Gauge, Indicator
from parvis.plan.commitments.c02_public_procurement.interruptions import interruptions

_HERE: Final = Path(__file__).parent
_LAW: Final = "code de la commande publique, article R. 2196-1 : publication dans les deux mois de la notification"
_ORDERS: Final = "arrêtés du 14 avril 2017 et du 22 décembre 2022, qui rendent ces données obligatoires"
_START: Final = (
    "Au début du plan, le format et l'obligation n'existaient pas (arrêtés du 14 avril 2017) : "
    "aucun marché n'était publié ainsi."
)
_PLAN: Final = date(2015, 7, 1)

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        slug="publies-dans-les-deux-mois",
        title="Marchés publiés dans les deux mois",
        summary=(
            "Part des marchés publiés deux mois au plus après leur notification, parmi ceux dont les deux dates sont "
            "lisibles et se suivent ; les autres sont dans les lignes, sans réponse, et « dates connues » les "
            "compte. Ce "
            "nombre ne dit rien des marchés jamais publiés."
        ),
        question=_HERE / "publies_dans_les_deux_mois.sql",
        value="100.0 * avg(tenu::int)",
        unit="% des marchés datés",
        direction=Direction.UP,
        registers=("procurement",),
        freshness_days=90,
        start=0.0,
        start_source=_START,
        start_on=_PLAN,
        target=100.0,
        target_on=date(2018, 10, 1),
        target_source=_LAW,
        gauge=Gauge.DONE,
        milestones=("E02-J03",),
    ),
    Indicator(
        slug="dates-connues",
        title="Marchés dont le délai de publication se vérifie",
        summary=(
            "Part des marchés dont la date de notification et la date de publication des données sont lisibles et se "
            "suivent. Omettre une date ferait monter le nombre précédent et baisser celui-ci."
        ),
        question=_HERE / "dates_connues.sql",
        value="100.0 * avg(connu::int)",
        unit="% des marchés",
        direction=Direction.UP,
        registers=("procurement",),
        freshness_days=90,
        start=0.0,
        start_source=_START,
        start_on=_PLAN,
        target=100.0,
        target_on=date(2018, 10, 1),
        target_source=_ORDERS,
        gauge=Gauge.DONE,
        milestones=("E02-J03",),
    ),
    Indicator(
        slug="dix-donnees-essentielles",
        title="Complétude des dix données essentielles",
        summary=(
            "Part des cases remplies parmi dix données que les arrêtés de 2017 et de 2022 demandent l'un et l'autre : "
            "acheteur, objet, code CPV, procédure, lieu d'exécution, durée, montant, notification, publication, "
            "titulaire. Remplie veut dire lisible, non exacte. Les concessions ne comptent pas."
        ),
        question=_HERE / "dix_donnees_essentielles.sql",
        value="10.0 * avg(remplies)",
        unit="% des cases",
        direction=Direction.UP,
        registers=("procurement",),
        freshness_days=90,
        start=0.0,
        start_source=_START,
        start_on=_PLAN,
        target=100.0,
        target_on=date(2018, 10, 1),
        target_source=_ORDERS,
        gauge=Gauge.DONE,
        milestones=("E02-J03",),
    ),
    Indicator(
        slug="identifies-des-deux-cotes",
        title="Marchés identifiés des deux côtés",
        summary=(
            "Part des marchés dont l'acheteur et tous les titulaires français portent un SIRET de quatorze "
            "chiffres aux clés justes : ce qui permet de croiser ce registre avec les autres. L'existence dans SIRENE "
            "n'est pas vérifiée."
        ),
        question=_HERE / "identifies_des_deux_cotes.sql",
        value="100.0 * avg(valide::int)",
        unit="% des marchés",
        direction=Direction.UP,
        registers=("procurement",),
        freshness_days=90,
        start=0.0,
        start_source=_START,
        start_on=_PLAN,
        target=100.0,
        target_on=date(2018, 10, 1),
        target_source=_ORDERS,
        gauge=Gauge.OPENED,
        opens=("access_to_information",),
        milestones=("E02-J03",),
    ),
    Indicator(
        slug="acheteurs-presents",
        title="Acheteurs présents",
        summary=(
            "Nombre d'acheteurs qui ont au moins un marché dans les versions publiées ici. Sans cible : le nombre "
            "d'acheteurs soumis à la loi n'est publié par aucune source ouverte que nous connaissions."
        ),
        question=_HERE / "acheteurs_presents.sql",
        value="count(*)",
        unit="acheteurs",
        unit_one="acheteur",
        direction=Direction.UP,
        registers=("procurement",),
        freshness_days=90,
        start=0.0,
        start_source=_START,
        start_on=_PLAN,
        gauge=Gauge.OPENED,
        opens=("access_to_information",),
        milestones=("E02-J02", "E02-J03"),
    ),
    Indicator(
        slug="fraicheur",
        title="Fraîcheur à la publication",
        summary=(
            "Âge, en jours, de la publication la plus récente au jour où son fichier a été chargé ici ; le plus "
            "frais des "
            "fichiers compte. Sans cible : aucun texte ne fixe de rythme aux fichiers consolidés. Après le "
            "chargement, le "
            "nombre ne vieillit pas : sa date de mesure le dit."
        ),
        question=_HERE / "fraicheur.sql",
        value="min(jours)",
        unit="jours",
        unit_one="jour",
        direction=Direction.DOWN,
        registers=("procurement",),
        freshness_days=30,
        milestones=("E02-J02",),
    ),
    Indicator(
        slug="plus-longue-interruption",
        title="Plus longue interruption de publication",
        summary=(
            "Le plus grand nombre de jours ouvrés de suite sans une publication, dans un même fichier. Week-ends et "
            "jours fériés ne comptent pas. Le premier et le dernier centièmes des dates de chaque fichier sont "
            "écartés, pour qu'une date fausse n'invente pas d'interruption ; un fichier sans dates de publication ne "
            "compte pas. Sans cible : aucun texte ne fixe de rythme."
        ),
        question=Function(
            interruptions, {"version": "VARCHAR", "apres_le": "DATE", "avant_le": "DATE", "jours": "INTEGER"}
        ),
        value="max(jours)",
        unit="jours ouvrés",
        unit_one="jour ouvré",
        direction=Direction.DOWN,
        registers=("procurement",),
        freshness_days=90,
        milestones=("E02-J02",),
    ),
    Indicator(
        slug="plateformes",
        title="Plateformes rassemblées",
        summary=(
            "Nombre de plateformes dont les marchés sont rassemblés dans ce registre. Le plan constatait des données "
            "dispersées sur chaque profil d'acheteur. Sans cible : le nombre de profils d'acheteur n'est pas connu."
        ),
        question=_HERE / "plateformes.sql",
        value="count(*)",
        unit="plateformes",
        unit_one="plateforme",
        direction=Direction.UP,
        registers=("procurement",),
        freshness_days=90,
        gauge=Gauge.OPENED,
        opens=("access_to_information",),
        milestones=("E02-J01", "E02-J02"),
    ),
    Indicator(
        slug="offres-uniques",
        title="Marchés à une seule offre",
        summary=(
            "Part des marchés passés en concurrence qui n'ont reçu qu'une offre, là où ce nombre est publié. "
            "Contexte : le "
            "plan ne promet rien sur ce nombre, et une seule offre n'est pas une faute. Sans départ ni cible."
        ),
        question=_HERE / "offres_uniques.sql",
        value="100.0 * avg(une_offre::int)",
        unit="% des marchés",
        direction=Direction.DOWN,
        registers=("procurement",),
        freshness_days=90,
    ),
)
