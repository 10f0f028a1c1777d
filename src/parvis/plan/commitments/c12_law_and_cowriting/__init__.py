"""Commitment 12: law and cowriting."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, CarriedOver, Commitment, Fact, SelfAssessment, Step
from parvis.plan.commitments.c12_law_and_cowriting.indicators import INDICATORS

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=12,
    slug="consulter-concerter-co-produire/action-publique/engagement-12",
    title=(
        "Poursuivre l'ouverture des ressources juridiques et la collaboration avec la société "
        "civile autour de l'élaboration de la loi"
    ),
    axis="consulter-concerter-co-produire",
    subaxis="action-publique",
    ambition=(
        "Continuer l'ouverture du droit et faire écrire la loi avec les citoyens, en commençant "
        "par le projet de loi numérique commenté et amendé article par article."
    ),
    leads=(
        "Premier ministre",
        "Ministère de l'Économie, de l'Industrie et du Numérique",
        ("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
    ),
    parts=(),
    milestones=(
        Step(
            key="E12-J01",
            text="Poursuivre l'open data des ressources juridiques et législatives existantes",
            tracker=152,
        ),
        Step(
            key="E12-J02",
            text=(
                "Produire avec la société civile des services et outils libres facilitant la compréhension "
                "et l'élaboration des textes"
            ),
            tracker=153,
        ),
        Step(
            key="E12-J03",
            text=(
                "Mettre en consultation l'avant-projet de loi numérique, ouvert aux commentaires et "
                "propositions d'amendement"
            ),
            tracker=154,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0015",
            ogp_title="Open Legal Resources",
            did_it_open_government="marginal",
            verifiable=True,
            relevant=True,
            ogp_values=("access_to_information", "civic_participation"),
            ambition="high",
            starred=True,
            completion="substantial_or_complete",
            completion_note=(
                "niveau déduit du critère de l'étoile (réalisation substantielle ou complète), non lu tel quel"
            ),
            note="étoile sur la fiche OGP",
            sources=("OGP-FR0015",),
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
                "Consultation ouverte le 26 septembre 2015 pour trois semaines : environ 8 500 "
                "contributions, 148 000 votes, plus de 21 000 participants."
            ),
            sources=("APVF-LRN",),
            date="2015-09-26",
        ),
        Fact(
            text="Résultat : cinq articles nouveaux et près de 90 modifications du texte.",
            sources=("ETALAB-CONS",),
        ),
        Fact(
            text=(
                "Sommet OGP 2016 : plateforme consultation.etalab.gouv.fr, six outils de consultation pour "
                "les administrations."
            ),
            sources=("ETALAB-CONS",),
            date="2016-12",
        ),
    ),
    carried_over=(
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0034",
            sources=("OGP-FR0034",),
            bond="builds-on",
        ),
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0036",
            sources=("OGP-FR0036",),
        ),
    ),
    existing_systems=(
        "Légifrance et bases DILA",
        "programme Open Law",
        "La Fabrique de la loi, Archéo Lex, code civil sous git",
        "contribuez.cnnumerique.fr",
    ),
    reading=(
        "textes consolidés versionnés",
        "co-écriture par article : avis, amendement, vote, réponse de l'administration",
    ),
    sources=("SEED", "PLAN", "APVF-LRN", "ETALAB-CONS", "OGP-FR0015"),
    folder=Path(__file__).parent,
    indicators=INDICATORS,
    related=("textes/pjl15-034", "textes/republique-numerique", "textes/crpa"),
)
