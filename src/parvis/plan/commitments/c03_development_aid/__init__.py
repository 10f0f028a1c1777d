"""Commitment 3: development aid."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, CarriedOver, Commitment, Fact, SelfAssessment, Step, Target

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=3,
    slug="rendre-des-comptes/transparence-depense-et-comptes-publics/engagement-3",
    title="Accroître la transparence de l'aide publique au développement",
    axis="rendre-des-comptes",
    subaxis="transparence-depense-et-comptes-publics",
    ambition=(
        "Étendre par étapes la publication, au standard international de l'aide (IITA/IATI), des "
        "projets financés par l'AFD et le ministère, avec des seuils abaissés chaque année."
    ),
    leads=(
        "Ministère des Affaires étrangères et du Développement international",
        "Ministère des Finances et des Comptes publics",
        "Ministère de l'Économie, de l'Industrie et du Numérique",
        "Agence française de développement",
    ),
    parts=(),
    milestones=(
        Step(
            key="E03-J01",
            text="Ouvrir les financements souverains de l'AFD en Afrique subsaharienne et Méditerranée",
            tracker=125,
            due="2015-06",
            due_text="juin 2015",
        ),
        Step(
            key="E03-J02",
            text="Ouvrir progressivement les données du MAEDI pour la zone Afrique",
            tracker=126,
            due="2015-12",
            due_text="second semestre 2015",
        ),
        Step(
            key="E03-J03",
            text=(
                "Publier FSP, aide humanitaire, aide alimentaire, codéveloppement et action extérieure des "
                "collectivités sur data.gouv.fr"
            ),
            tracker=128,
            due="2015",
            due_text="2015",
        ),
        Step(
            key="E03-J04",
            text=(
                "Ouvrir progressivement les données du MAEDI pour l'Asie-Pacifique, l'Amérique latine et les Caraïbes"
            ),
            tracker=129,
            due="2016",
            due_text="2016",
        ),
        Step(
            key="E03-J05",
            text="Ouvrir les données de l'AFD (secteur souverain) pour ces mêmes zones",
            tracker=130,
            due="2016-06",
            due_text="fin juin 2016",
        ),
        Step(
            key="E03-J06",
            text="Publier au format IITA les projets portés par les ONG dès le premier euro",
            tracker=131,
            due="2016",
            due_text="2016",
            target=Target(1, "euro (seuil)"),
        ),
        Step(
            key="E03-J07",
            text="Abaisser le seuil de publication de 100 000 € à 50 000 € (hors ONG)",
            tracker=132,
            due="2017",
            due_text="2017",
            target=Target(50000, "euros (seuil)"),
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0005",
            ogp_title="Improve Transparency in International Development Aid",
            did_it_open_government="major",
            verifiable=True,
            relevant=True,
            ambition="low",
            note="« Major » sur la fiche OGP, mais absent de la synthèse IRM de fin de plan",
            sources=("OGP-FR0005",),
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
                "L'AFD annonce au sommet OGP de Paris (décembre 2016) qu'elle rejoint l'IATI ; la France "
                "devient membre en 2016."
            ),
            sources=("PWYF",),
            date="2016-12",
        ),
        Fact(
            text=(
                "L'engagement de Busan (ouverture complète fin 2015) n'a pas été tenu ; en 2018 les deux "
                "agences françaises sont classées « fair » par l'Aid Transparency Index."
            ),
            sources=("PWYF",),
        ),
    ),
    carried_over=(
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0032",
            sources=("OGP-FR",),
            verified=False,
            note="même thème ; le lien explicite n'a pas été lu",
        ),
    ),
    existing_systems=(
        "transparence-aide.gouv.fr (questions citoyennes sur un projet)",
        "data.gouv.fr",
        "déclaration OCDE (CRS)",
    ),
    reading=("flux IATI réguliers par zone et par seuil", "carte et fiche projet avec question au porteur"),
    sources=("SEED", "PLAN", "PWYF", "OGP-FR0005"),
    folder=Path(__file__).parent,
)
