"""Commitment 6: officials declarations."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=6,
    slug="rendre-des-comptes/transparence-responsables-publics/engagement-6",
    title=("Faciliter l'accès aux données relatives aux obligations de transparence des responsables publics"),
    axis="rendre-des-comptes",
    subaxis="transparence-responsables-publics",
    ambition=(
        "Publier en format ouvert les déclarations de patrimoine et d'intérêts soumises à "
        "publicité, en généralisant la télédéclaration."
    ),
    leads=("Haute Autorité pour la transparence de la vie publique",),
    parts=(),
    milestones=(
        Step(
            key="E06-J01",
            text=(
                "Faire évoluer l'application de télédéclaration ADEL pour diffuser les informations dans "
                "un format réutilisable"
            ),
            tracker=149,
            due="2016",
            due_text="courant 2016",
        ),
        Step(
            key="E06-J02",
            text="Renforcer la sensibilisation des déclarants pour un fort taux de télédéclaration",
            tracker=150,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0008",
            ogp_title="Access to Public Officials Transparency Obligations",
            did_it_open_government="major",
            verifiable=True,
            relevant=True,
            ogp_values=("access_to_information", "technology_and_innovation"),
            ambition="high",
            starred=False,
            note=(
                "« Major » sur une capture de la fiche ; champ vide sur une capture plus récente ; absent "
                "de la synthèse IRM"
            ),
            sources=("OGP-FR0008",),
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
                "Un décret de mai 2016 impose la télédéclaration à compter du 15 octobre 2016 ; l'usage "
                "d'ADEL stagnait autour de 50 %."
            ),
            sources=("NXI-HATVP",),
            date="2016-10-15",
        ),
        Fact(
            text=(
                "Juillet 2017 : première mise en open data sous Licence Ouverte ; chaque déclaration en "
                "page web et en XML, plus un fichier XML global ; publication hebdomadaire (le plan visait "
                "courant 2016 pour l'évolution d'ADEL)."
            ),
            sources=("HATVP-OD", "NXI-HATVP2"),
            date="2017-07",
        ),
    ),
    carried_over=(),
    existing_systems=("hatvp.fr", "ADEL (télédéclaration, mars 2015)", "environ 10 000 déclarants"),
    reading=("registre ouvert des déclarations, unitaire et global", "signalement citoyen d'une omission"),
    sources=("PLAN", "NXI-HATVP", "HATVP-OD", "NXI-HATVP2", "OGP-FR0008"),
    folder=Path(__file__).parent,
)
