"""Commitment 1: local finances and decisions."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, Part, SelfAssessment, Step, Target

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=1,
    slug="rendre-des-comptes/transparence-depense-et-comptes-publics/engagement-1",
    title=(
        "Permettre à tous de consulter, de comprendre et de réutiliser les données financières et "
        "les décisions des collectivités territoriales"
    ),
    axis="rendre-des-comptes",
    subaxis="transparence-depense-et-comptes-publics",
    ambition=(
        "Rendre lisibles et réutilisables les finances et les décisions locales : dotations et "
        "balances comptables en open data, délibérations et comptes rendus en ligne, ouverture "
        "progressive des permis de construire."
    ),
    leads=(
        "Ministère de l'Intérieur",
        "Ministère de la Décentralisation et de la Fonction publique",
        "Ministère de l'Écologie, du Développement durable et de l'Énergie",
    ),
    parts=(
        Part(
            "1.1",
            "Publier en open data les données des collectivités territoriales",
            ("Ministère de l'Intérieur", "Ministère de la Décentralisation et de la Fonction publique"),
        ),
        Part(
            "1.2",
            "Publier en ligne les délibérations et comptes rendus des conseils municipaux",
            ("Ministère de la Décentralisation et de la Fonction publique",),
        ),
        Part(
            "1.3",
            "Publier en open data des données relatives aux permis de construire",
            ("Ministère de l'Écologie, du Développement durable et de l'Énergie",),
        ),
    ),
    milestones=(
        Step(
            key="E01-J01",
            text="Publier en open data la dotation globale de fonctionnement versée aux collectivités",
            tracker=111,
            part="1.1",
        ),
        Step(
            key="E01-J02",
            text=(
                "Publier sur data.gouv.fr toutes les balances comptables des collectivités et groupements "
                "à fiscalité propre, à partir de l'exercice 2013"
            ),
            tracker=112,
            part="1.1",
        ),
        Step(
            key="E01-J03",
            text=(
                "Obliger les exécutifs locaux à présenter à l'assemblée les suites données aux "
                "observations de la chambre régionale des comptes"
            ),
            tracker=113,
            part="1.1",
        ),
        Step(
            key="E01-J04",
            text=(
                "Mettre à disposition régulièrement les données qui fondent les travaux des juridictions "
                "financières sur les finances locales"
            ),
            tracker=114,
            part="1.1",
        ),
        Step(
            key="E01-J05",
            text=(
                "Mettre à disposition des données d'activité des juridictions financières (liste des "
                "publications, moyens)"
            ),
            tracker=115,
            part="1.1",
        ),
        Step(
            key="E01-J06",
            text=(
                "Inscrire dans la loi l'obligation de publier les informations publiques des collectivités "
                "de plus de 3 500 habitants"
            ),
            tracker=116,
            part="1.1",
            target=Target(3500, "habitants (seuil)"),
        ),
        Step(
            key="E01-J07",
            text=(
                "Publier sous forme électronique, gratuite et permanente, le recueil des actes, "
                "délibérations et arrêtés, en plus du papier"
            ),
            tracker=117,
            part="1.2",
        ),
        Step(
            key="E01-J08",
            text=(
                "Afficher sous une semaine et mettre en ligne au moins six ans les comptes rendus du "
                "conseil municipal, si la commune a un site"
            ),
            tracker=118,
            part="1.2",
            target=Target(7, "jours"),
        ),
        Step(
            key="E01-J09",
            text=(
                "Réunir un groupe de travail (AGD, Etalab, CGDD, collectivités) pour ouvrir "
                "progressivement les données de permis de construire"
            ),
            tracker=119,
            due="2017",
            due_text="d'ici 2017",
            part="1.3",
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0001",
            ogp_title="Open Regional and Local Authorities' Data",
            part="1.1",
            did_it_open_government="major",
            verifiable=True,
            relevant=True,
            ambition="high",
            starred=False,
            sources=("OGP-FR0001",),
        ),
        Assessment(
            ogp_id="FR0002",
            ogp_title="Publish Municipal Council Decisions and Reports Online",
            part="1.2",
            did_it_open_government="marginal",
            verifiable=True,
            relevant=True,
            ogp_values=("access_to_information",),
            starred=False,
            sources=("OGP-FR0002",),
        ),
        Assessment(
            ogp_id="FR0003",
            ogp_title="(permis de construire)",
            part="1.3",
            note="fiche OGP non retrouvée ; numéro déduit de la suite FR0001-FR0029",
            verified=False,
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
                "Loi NOTRe (août 2015) : une commune dotée d'un site doit y publier les comptes rendus "
                "sous une semaine ; publication électronique de certains actes ; mise en ligne des "
                "informations publiques par les collectivités de plus de 3 500 habitants."
            ),
            sources=("NXI-NOTRE",),
            date="2015-08",
        ),
        Fact(
            text=(
                "Les données de la DGF sortent du CD-ROM payant et sont diffusées à partir de septembre "
                "2015, mais sans la chaîne complète de calcul ; la loi de finances pour 2017 (art. 138) "
                "impose de publier les critères individuels ; critique encore vive fin 2017."
            ),
            sources=("SENAT-DGF", "SENAT-DGF17", "GAZ-DGCL"),
            date="2015-09",
        ),
        Fact(
            text=(
                "La loi République numérique rend l'ouverture obligatoire pour les collectivités de plus "
                "de 3 500 habitants à partir d'octobre 2018 ; programme OpenDataLocale avec neuf "
                "territoires pilotes (2017)."
            ),
            sources=("OGP-FR0036",),
        ),
        Fact(
            text="Les balances comptables figurent parmi les jeux ouverts recensés par l'administration.",
            sources=("COLLOC",),
        ),
        Fact(
            text=(
                "Permis de construire : l'ouverture de la base Sitadel restait débattue après la fin du "
                "plan (données personnelles) ; une partie est diffusée chaque mois par la suite."
            ),
            sources=("TOD-PC", "SOGEFI"),
        ),
    ),
    carried_over=(),
    existing_systems=(
        "data.gouv.fr (hébergement et moissonnage)",
        "territoire.data.gouv.fr",
        "collectivites-locales.gouv.fr (fiches financières individuelles)",
    ),
    reading=(
        "open data des balances comptables et dotations",
        "publication pérenne des actes et comptes rendus",
        "ouverture anonymisée des permis de construire",
    ),
    sources=(
        "SEED",
        "PLAN",
        "NXI-NOTRE",
        "SENAT-DGF",
        "SENAT-DGF17",
        "GAZ-DGCL",
        "OGP-FR0036",
        "COLLOC",
        "TOD-PC",
        "SOGEFI",
        "OGP-FR0001",
        "OGP-FR0002",
        "IRM-EOT",
    ),
    folder=Path(__file__).parent,
)
