"""Commitment 11: shared reference data."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, CarriedOver, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=11,
    slug="consulter-concerter-co-produire/action-publique/engagement-11",
    title=(
        "Coproduire avec la société civile les registres-clés de données essentielles à la société et à l'économie"
    ),
    axis="consulter-concerter-co-produire",
    subaxis="action-publique",
    ambition=(
        "Bâtir avec les citoyens et les entreprises des bases de référence traitées comme des "
        "communs, sur le modèle de la Base Adresse Nationale."
    ),
    leads=(
        ("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
        "Secrétariat d'État chargé du Numérique",
    ),
    parts=(),
    milestones=(
        Step(
            key="E11-J01",
            text=(
                "Multiplier les coopérations entre acteurs publics et société civile pour constituer des "
                "registres-clés de données"
            ),
            tracker=151,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0014",
            ogp_title="Co-Produce Data Infrastructure with Civil Society",
            did_it_open_government="major",
            verifiable=False,
            relevant=True,
            ogp_values=("access_to_information", "civic_participation"),
            ambition="high",
            starred=False,
            note="cité parmi les résultats majeurs dans la synthèse IRM",
            sources=("OGP-FR0014",),
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
                "BAN inaugurée le 15 avril 2015 (IGN, La Poste, OpenStreetMap France, Etalab) : 25 "
                "millions d'adresses, double licence avec partage à l'identique, outil dédié aux communes."
            ),
            sources=("ETALAB-BAN",),
            date="2015-04-15",
        ),
        Fact(
            text=(
                "La loi République numérique (art. 14) crée le service public de la donnée : mise à "
                "disposition de données de référence très réutilisées, à un haut niveau de qualité."
            ),
            sources=("RGD-SPD",),
            date="2016-10-07",
        ),
        Fact(
            text="Neuf données de référence sont fixées par décret en 2017 (BAN, SIRENE, cadastre...).",
            sources=(),
            date="2017",
            verified=False,
            from_memory=True,
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
        "Base Adresse Nationale",
        "registre national des taxis (API Le.Taxi)",
        "base des établissements recevant du public (ODbL)",
    ),
    reading=("registres contributifs versionnés et licenciés", "API de référence"),
    sources=("PLAN", "ETALAB-BAN", "RGD-SPD", "OGP-FR0014", "IRM-EOT"),
    folder=Path(__file__).parent,
)
