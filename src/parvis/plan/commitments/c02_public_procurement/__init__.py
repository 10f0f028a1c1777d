"""Commitment 2: public procurement."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, CarriedOver, Commitment, Fact, SelfAssessment, Step
from parvis.plan.commitments.c02_public_procurement.indicators import INDICATORS

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=2,
    slug="rendre-des-comptes/transparence-depense-et-comptes-publics/engagement-2",
    title="Accroître la transparence de la commande publique",
    axis="rendre-des-comptes",
    subaxis="transparence-depense-et-comptes-publics",
    ambition=(
        "Standardiser et ouvrir les données de la commande publique, de l'avis d'appel d'offres au "
        "marché attribué, et prévoir l'ouverture des données produites par les prestataires."
    ),
    leads=(
        "Premier ministre",
        "Ministère des Finances et des Comptes publics",
        "Ministère de l'Économie, de l'Industrie et du Numérique",
    ),
    parts=(),
    milestones=(
        Step(
            key="E02-J01",
            text="Standardiser le format des données de publicité des appels d'offres",
            tracker=120,
        ),
        Step(
            key="E02-J02",
            text=("Ouvrir les données du BOAMP, des autres organes de publication et des profils d'acheteur"),
            tracker=121,
        ),
        Step(
            key="E02-J03",
            text=(
                "Rendre obligatoire la publication des marchés attribués au-dessus de seuils "
                "réglementaires et inciter en dessous"
            ),
            tracker=122,
        ),
        Step(
            key="E02-J04",
            text=(
                "Promouvoir des formulaires standardisés et exploitables par machine ; choisir les données "
                "prioritaires après une étude d'un an au plus"
            ),
            tracker=123,
            due_text="étude d'un an au plus",
        ),
        Step(
            key="E02-J05",
            text=("Inciter les prestataires à ouvrir les données d'exécution par un cahier des clauses type (CCAG)"),
            tracker=124,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0004",
            ogp_title="Increase Transparency in Public Procurement",
            did_it_open_government="major",
            verifiable=True,
            relevant=True,
            ogp_values=("access_to_information",),
            ambition="high",
            starred=True,
            completion="substantial_or_complete",
            completion_note=(
                "niveau déduit du critère de l'étoile (réalisation substantielle ou complète), non lu tel quel"
            ),
            note=(
                "étoile dans la synthèse IRM de fin de plan et sur une capture de la fiche ; une autre "
                "capture dit « No »"
            ),
            sources=("OGP-FR0004",),
        ),
    ),
    self_assessments=(
        SelfAssessment(
            year=2016,
            status=None,
            note=(
                "Statut par engagement non retrouvé ; seul le total est connu (1 complet, 15 substantiels, "
                "10 partiels)."
            ),
            verified=False,
        ),
        SelfAssessment(
            year=2018,
            status=None,
            note="Seul le début du rapport de mars 2018 a pu être lu.",
            verified=False,
        ),
    ),
    facts=(
        Fact(
            text=(
                "L'ordonnance du 23 juillet 2015 (art. 56) et les décrets 2016-360 (art. 107), 2016-361 "
                "(art. 94) et 2016-86 (art. 34) imposent l'accès ouvert aux données essentielles."
            ),
            sources=("DAJ-FICHE",),
        ),
        Fact(
            text=(
                "Deux arrêtés du 14 avril 2017 fixent la liste des données essentielles, les référentiels "
                "(marché, concession, défense) et les exigences des profils d'acheteur ; identifiant "
                "unique combiné au SIRET de l'acheteur."
            ),
            sources=("DAJ-DECP",),
            date="2017-04-14",
        ),
        Fact(
            text=(
                "Entrée en vigueur le 1er octobre 2018 : marchés à partir de 25 000 € HT, formats XML ou "
                "JSON, accès au moins cinq ans après la fin d'exécution ; arrêté modifié le 27 juillet "
                "2018."
            ),
            sources=("ALTA-DECP", "NXI-DECP", "DAJ-FICHE"),
            date="2018-10-01",
        ),
        Fact(
            text=(
                "Limite : données dispersées sur chaque profil d'acheteur ; remontée vers data.gouv.fr "
                "proposée par la DGFiP et Etalab."
            ),
            sources=("ALTA-DECP",),
        ),
        Fact(
            text=(
                "La France cofonde Contracting 5 au sommet OGP de Paris (décembre 2016) et s'appuie sur "
                "l'Open Contracting Data Standard."
            ),
            sources=("C5", "OGP-FR0031"),
            date="2016-12",
        ),
    ),
    carried_over=(
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0031",
            sources=("OGP-FR0031",),
        ),
    ),
    existing_systems=(
        "BOAMP",
        "Observatoire économique de l'achat public",
        "My Breizh Open Data (Bretagne)",
        "clause open data de la Ville de Paris (2014)",
    ),
    reading=("format commun de bout en bout", "registre ouvert des marchés attribués", "clause open data type"),
    sources=(
        "SEED",
        "PLAN",
        "DAJ-FICHE",
        "DAJ-DECP",
        "ALTA-DECP",
        "NXI-DECP",
        "C5",
        "OGP-FR0031",
        "OGP-FR0004",
        "IRM-EOT",
    ),
    folder=Path(__file__).parent,
    indicators=INDICATORS,
)
