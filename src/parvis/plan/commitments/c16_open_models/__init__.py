"""Commitment 16: open models."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, CarriedOver, Commitment, Fact, SelfAssessment, Step
from parvis.plan.commitments.c16_open_models.indicators import INDICATORS

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=16,
    slug="partager-des-ressources/engagement-16",
    title="Favoriser l'ouverture des modèles de calcul et des simulateurs de l'État",
    axis="partager-des-ressources",
    subaxis=None,
    ambition=(
        "Ouvrir le code des modèles publics pour que chacun comprenne, vérifie et réutilise les "
        "calculs d'impôt et de droits, à partir d'OpenFisca."
    ),
    leads=(("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),),
    parts=(),
    milestones=(
        Step(
            key="E16-J01",
            text=("Accompagner les administrations dans l'ouverture de leurs modèles de calcul et de simulation"),
            tracker=160,
        ),
        Step(
            key="E16-J02",
            text=(
                "Étendre OpenFisca à d'autres domaines et décliner des simulateurs (coûts énergétiques, "
                "fiscalité locale, retraites)"
            ),
            tracker=161,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0019",
            ogp_title="Open Calculation Models and Simulators",
            did_it_open_government="marginal",
            verifiable=False,
            relevant=True,
            ogp_values=("access_to_information",),
            starred=False,
            sources=("OGP-FR0019",),
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
                "Le code du calculateur de l'impôt sur le revenu est ouvert le 1er avril 2016 (37 millions "
                "de foyers, langage M, traduit en arbre puis en Python) ; hackathon #CodeImpot, neuf "
                "projets."
            ),
            sources=("ETALAB-IMPOT",),
            date="2016-04-01",
        ),
        Fact(
            text=(
                "Hackathon #CodeGouv du 13 octobre 2016 : générateur de simulateurs G6K de la DILA et "
                "trois simulateurs."
            ),
            sources=("ETALAB-CODEGOUV",),
            date="2016-10-13",
        ),
        Fact(
            text=(
                "Septembre 2018 : le Trésor ouvre Mésange, Opale et Saphir après une procédure CADA de "
                "l'association Ouvre-boîte."
            ),
            sources=("NXI-MESANGE",),
            date="2018-09",
        ),
        Fact(
            text=(
                "Au forum de mi-parcours, un contributeur demande d'abord un inventaire des modèles "
                "utilisés pour fixer des priorités."
            ),
            sources=("FORUM-16",),
            date="2016",
        ),
    ),
    carried_over=(
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0035",
            sources=("OGP-FR",),
            verified=False,
            note="thème voisin (algorithmes publics) ; lien explicite non lu",
        ),
    ),
    existing_systems=("OpenFisca (SGMAP et France Stratégie, 2014)", "mes-aides.gouv.fr"),
    reading=("inventaire des modèles publics", "simulateurs exécutables, versionnés, explicables, avec API"),
    sources=("SEED", "PLAN", "ETALAB-IMPOT", "ETALAB-CODEGOUV", "NXI-MESANGE", "FORUM-16", "OGP-FR0019"),
    folder=Path(__file__).parent,
    indicators=INDICATORS,
    related=(
        "simulateurs/openfisca",
        "simulateurs/openfisca/impot-sur-le-revenu",
        "simulateurs/openfisca/revenu-disponible",
        "simulateurs/openfisca/prime-d-activite",
        "simulateurs/aides-jeunes/aides-jeunes",
        "simulateurs/fair",
    ),
)
