"""The fields of the OGP template and the variables of its independent reviewers."""

from parvis.core.undertakings.declared import ProcessItem

FIELDS = {
    "commitment_fields": (
        ProcessItem(
            key="number_and_name",
            text="",
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="start_date",
            text="",
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="end_date",
            text="",
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="lead_agency",
            text="",
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="contact_person",
            text="",
            verified=False,
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="other_actors_government",
            text="",
            verified=False,
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="other_actors_civil_society",
            text="",
            verified=False,
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="public_problem",
            text="",
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="what_is_the_commitment",
            text="",
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="how_it_contributes",
            text="",
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="relevance_to_ogp_values",
            text="",
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="additional_information",
            text="budget, autres programmes, plan national, ODD",
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="milestones",
            text="activité vérifiable, début, fin, niveau",
            verified=False,
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
        ProcessItem(
            key="extends_commitment",
            text="new, extends, builds_on (plan 2018-2020)",
            sources=("TPL-SAR", "OGP-APTPL", "OGP-FR0044"),
        ),
    ),
    "french_layout": (
        ProcessItem(
            key="institutions-porteuses",
            text="institutions porteuses",
            sources=("PLAN",),
        ),
        ProcessItem(
            key="enjeux",
            text="enjeux",
            sources=("PLAN",),
        ),
        ProcessItem(
            key="contexte",
            text="contexte",
            sources=("PLAN",),
        ),
        ProcessItem(
            key="verbatim-de-la-consultation",
            text="verbatim de la consultation",
            sources=("PLAN",),
        ),
        ProcessItem(
            key="feuille-de-route-avec-ticket-de-suivi",
            text="feuille de route (avec ticket de suivi)",
            sources=("PLAN",),
        ),
        ProcessItem(
            key="et-aussi",
            text="et aussi",
            sources=("PLAN",),
        ),
    ),
    "self_assessment_fields": (
        ProcessItem(
            key="completion_level",
            text="",
            values=("not_started", "limited", "substantial", "completed"),
        ),
        ProcessItem(
            key="description_of_results",
            text="",
        ),
        ProcessItem(
            key="next_steps",
            text="",
            verified=False,
        ),
        ProcessItem(
            key="milestone_status",
            text="",
            verified=False,
        ),
        ProcessItem(
            key="lessons_learned",
            text="",
            verified=False,
        ),
        ProcessItem(
            key="consultation_summary",
            text="calendrier annoncé, canaux, publics, synthèse et contributions publiées, forum",
            sources=("OGP-SARG",),
        ),
    ),
    "self_assessment_labels": (
        ProcessItem(
            key="partiel",
            text="partiel",
            sources=("ETALAB-MID",),
        ),
        ProcessItem(
            key="substantiel",
            text="substantiel",
            sources=("ETALAB-MID",),
        ),
        ProcessItem(
            key="complet",
            text="complet",
            sources=("ETALAB-MID",),
        ),
    ),
    "irm_variables": (
        ProcessItem(
            key="specificity",
            text="2015-2017; medium et high confirmés",
            values=("none", "low", "medium", "high"),
            verified=False,
        ),
        ProcessItem(
            key="verifiable",
            text="fiches OGP",
            values=("yes", "no"),
        ),
        ProcessItem(
            key="relevance",
            text="valeurs OGP",
            values=("yes", "no"),
        ),
        ProcessItem(
            key="potential_impact",
            text="2015-2017; moderate et transformative confirmés",
            values=("none", "minor", "moderate", "transformative"),
            verified=False,
        ),
        ProcessItem(
            key="ambition",
            text="fiches OGP actuelles",
            values=("low", "high"),
        ),
        ProcessItem(
            key="completion",
            text="midterm, end_of_term",
            values=("not_started", "limited", "substantial", "completed"),
        ),
        ProcessItem(
            key="did_it_open_government",
            text="Early Results; worsened de mémoire",
            values=("worsened", "did_not_change", "marginal", "major", "outstanding"),
        ),
        ProcessItem(
            key="starred",
            text="",
            sources=("IRM-STAR", "IRM-EOT"),
        ),
        ProcessItem(
            key="policy_areas",
            text="étiquettes thématiques (données ouvertes, marchés publics, justice, aide...)",
            sources=("OGP-FR0001",),
        ),
        ProcessItem(
            key=(
                "case_number, country, cluster, title, responsible_institution, supporting_institution, "
                "point_of_contact_specified, ogp_values"
            ),
            text="variables d'identification du jeu de données IRM 1.0",
            sources=("IRM-DATA",),
        ),
    ),
}
