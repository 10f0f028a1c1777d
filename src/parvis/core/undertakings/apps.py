from django.apps import AppConfig

KINDS = {
    "plan.loaded": "Plan chargé",
    "plan.redeclared": "Texte du plan mis à jour",
    "plan.corrected": "Plan corrigé",
    "undertaking.declared": "Engagement déclaré",
    "lead.changed": "Porteur changé",
    "milestone.abandoned": "Jalon abandonné",
    "milestone.resumed": "Jalon repris",
    "claim.made": "Déclaration d'un porteur",
    "claim.withdrawn": "Déclaration retirée",
    "verdict.given": "Verdict d'un lecteur",
    "measure.frozen": "Nombre figé",
    "review.opened": "Revue ouverte",
    "review.submitted": "Revue ouverte aux commentaires",
    "plan.followed": "Plan suivant publié",
}
"""The acts of this app, as the public log names them."""


class UndertakingsConfig(AppConfig):
    name = "parvis.core.undertakings"
    label = "undertakings"
    verbose_name = "Le plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.ledger import erasing, naming, unveiling  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.processes import joins  # noqa: PLC0415
        from parvis.core.texts import links  # noqa: PLC0415
        from parvis.core.undertakings.erasing import actions as erasers  # noqa: PLC0415
        from parvis.core.undertakings.front import views  # noqa: PLC0415
        from parvis.core.undertakings.succession.joining.views import commitments_on, review_panel  # noqa: PLC0415
        from parvis.core.web import front  # noqa: PLC0415

        front.PANELS += [views.plan_panel, views.figures_panel]
        links.LINKS.append(commitments_on)
        joins.PROCESS_PANELS.append(review_panel)
        front.SECTIONS.append(views.map_section)
        naming.KINDS.update(KINDS)
        naming.ADDRESSES.append(views.log_address)
        erasing.ERASERS.update(
            {
                "claim.made": erasers.erase_claim,
                "claim.withdrawn": erasers.erase_withdrawal,
                "milestone.abandoned": erasers.erase_abandonment,
                "milestone.resumed": erasing.nothing_elsewhere,
                "lead.changed": erasing.nothing_elsewhere,
                "verdict.given": erasers.erase_verdict,
            }
        )
        unveiling.PUBLIC["verdict.given"] = views.is_pair_complete
