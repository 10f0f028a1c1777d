"""The process of the Open Government Partnership that a plan must carry: stages, values, rules."""

from parvis.core.undertakings.declared import ProcessItem
from parvis.plan.fields import FIELDS

PROCESS = {
    "cycle": (
        ProcessItem(
            key="adhesion",
            text="Lettre d'intention, puis plan d'action, puis mise en œuvre et rapport avec l'IRM",
            sources=("OGP-AOG",),
        ),
        ProcessItem(
            key="co_creation",
            text=(
                "Plan élaboré avec la société civile, pendant les six derniers mois du plan précédent "
                "(règle de l'époque)"
            ),
            sources=("OGP-AP",),
        ),
        ProcessItem(
            key="plan",
            text=(
                "Plan de deux ans, sans interruption entre deux plans, au moins 18 mois de mise en œuvre, "
                "5 à 15 engagements recommandés ; depuis 2022, deux ou quatre ans avec révision "
                "obligatoire à deux ans"
            ),
            sources=("OGP-AP", "OGP-AOG"),
        ),
        ProcessItem(
            key="midterm_self_assessment",
            text=(
                "Auto-évaluation à un an : élaboration du plan, consultation, pertinence, ambition, "
                "avancement ; deux semaines de consultation publique"
            ),
            sources=("OGP-SAR",),
        ),
        ProcessItem(
            key="irm_midterm",
            text="Rapport indépendant de mi-parcours, commentaires publics, version définitive",
            sources=("IRM-MID",),
        ),
        ProcessItem(
            key="end_of_term_self_assessment",
            text=(
                "Auto-évaluation finale : résultats, consultation pendant la mise en œuvre, leçons ; deux "
                "semaines de consultation"
            ),
            sources=("OGP-SAR",),
        ),
        ProcessItem(
            key="irm_end_of_term",
            text=(
                "Rapport indépendant final (étoiles définitives, « did it open government »), deux "
                "semaines de commentaires"
            ),
            sources=("IRM-EOT-PC", "IRM-STAR"),
        ),
        ProcessItem(
            key="next_plan",
            text=(
                "Chaque engagement du plan suivant dit s'il est nouveau, s'il prolonge ou s'il s'appuie "
                "sur des engagements passés"
            ),
            sources=("OGP-FR0031", "OGP-FR0044"),
        ),
    ),
    "values": (
        ProcessItem(
            key="access_to_information",
            text=(
                "Accès à l'information : L'engagement publie-t-il plus d'information, de meilleure "
                "qualité, plus accessible, ou renforce-t-il le droit à l'information ?"
            ),
            sources=("TPL-SAR",),
        ),
        ProcessItem(
            key="civic_participation",
            text=(
                "Participation citoyenne : Crée-t-il ou améliore-t-il les moyens d'informer ou "
                "d'influencer les décisions, ou l'environnement de la société civile ?"
            ),
            sources=("TPL-SAR",),
        ),
        ProcessItem(
            key="public_accountability",
            text=(
                "Redevabilité publique : Crée-t-il ou améliore-t-il des règles et mécanismes qui obligent "
                "publiquement les responsables à répondre de leurs actes ?"
            ),
            sources=("TPL-SAR",),
        ),
        ProcessItem(
            key="technology_and_innovation",
            text=(
                "Technologie et innovation au service de l'ouverture : Ne suffit pas seule : doit servir "
                "l'une des trois autres valeurs"
            ),
            verified=False,
        ),
    ),
    "grand_challenges": (
        ProcessItem(
            key="ameliorer-les-services-publics",
            text="Améliorer les services publics",
            sources=("OGP-AP",),
        ),
        ProcessItem(
            key="accroitre-l-integrite-publique",
            text="Accroître l'intégrité publique",
            sources=("OGP-AP",),
        ),
        ProcessItem(
            key="mieux-gerer-les-ressources-publiques",
            text="Mieux gérer les ressources publiques",
            sources=("OGP-AP",),
        ),
        ProcessItem(
            key="creer-des-communautes-plus-sures",
            text="Créer des communautés plus sûres",
            sources=("OGP-AP",),
        ),
        ProcessItem(
            key="accroitre-la-responsabilite-des-entreprises",
            text="Accroître la responsabilité des entreprises",
            sources=("OGP-AP",),
        ),
    ),
    "at_a_glance": (
        ProcessItem(
            key="nombre-d-engagements",
            text="nombre d'engagements",
            sources=("UK-EOT",),
        ),
        ProcessItem(
            key="niveaux-de-realisation",
            text="niveaux de réalisation",
            sources=("UK-EOT",),
        ),
        ProcessItem(
            key="pertinence-claire",
            text="pertinence claire",
            sources=("UK-EOT",),
        ),
        ProcessItem(
            key="impact-transformateur",
            text="impact transformateur",
            sources=("UK-EOT",),
        ),
        ProcessItem(
            key="realisation-substantielle-ou-complete",
            text="réalisation substantielle ou complète",
            sources=("UK-EOT",),
        ),
        ProcessItem(
            key="les-trois-etoile",
            text="les trois (étoile)",
            sources=("UK-EOT",),
        ),
        ProcessItem(
            key="did-it-open-government",
            text="did it open government",
            sources=("UK-EOT",),
        ),
        ProcessItem(
            key="engagements-repris-dans-le-plan-suivant",
            text="engagements repris dans le plan suivant",
            sources=("UK-EOT",),
        ),
    ),
    "participation_levels": (
        ProcessItem(
            key="no_consultation",
            text="",
            sources=("IRM-OLDPAGE",),
        ),
        ProcessItem(
            key="inform",
            text="",
            sources=("IRM-OLDPAGE",),
        ),
        ProcessItem(
            key="consult",
            text="",
            sources=("IRM-OLDPAGE",),
        ),
        ProcessItem(
            key="involve",
            text="",
            sources=("IRM-OLDPAGE",),
        ),
        ProcessItem(
            key="collaborate",
            text="",
            sources=("IRM-OLDPAGE",),
        ),
    ),
    "contrary_to_process": (
        ProcessItem(
            key="2018",
            text=(
                "Plan élaboré sans aucune concertation en ligne ni hors ligne ; refus de travailler avec "
                "l'IRM ; aucun progrès sur aucun engagement"
            ),
            sources=("IRM-OLDPAGE",),
        ),
        ProcessItem(
            key="actuel",
            text=(
                "Pas de nouveau plan 12 mois après la fin du précédent ; exigences minimales non tenues ; "
                "aucun progrès sur aucun engagement"
            ),
            sources=("OGP-PROC",),
        ),
    ),
    "co_creation_standards": (
        ProcessItem(
            key="1",
            text=(
                "Espace de dialogue permanent entre État et société civile ; minimum : réunion au moins "
                "tous les six mois, règles de participation publiques"
            ),
            sources=("OGP-COCREA", "OGP-MINREQ"),
        ),
        ProcessItem(
            key="2",
            text=(
                "Information ouverte, accessible et à temps ; minimum : site OGP public et dépôt de "
                "preuves mis à jour au moins deux fois par an"
            ),
            sources=("OGP-MINREQ", "OGP-REPO"),
        ),
        ProcessItem(
            key="3",
            text=(
                "Possibilités de participation informées et inclusives à la co-création ; minimum : "
                "calendrier publié au moins deux semaines avant, sensibilisation, dispositif de recueil"
            ),
            verified=False,
            sources=("OGP-COCREA",),
        ),
        ProcessItem(
            key="4",
            text=("Réponse motivée et dialogue suivi ; minimum : publier ce qu'on a fait des contributions"),
            verified=False,
            sources=("OGP-COCREA",),
        ),
        ProcessItem(
            key="5",
            text=(
                "Dialogue pendant la mise en œuvre et le suivi ; minimum : au moins deux réunions par an "
                "sur les résultats"
            ),
            verified=False,
            sources=("OGP-COCREA",),
        ),
    ),
    **FIELDS,
}
