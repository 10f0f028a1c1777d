from django.apps import AppConfig

KINDS = {
    "contribution.reported": "Contribution signalée",
    "moderation.decided": "Décision de modération",
    "appeal.made": "Recours contre une modération",
    "appeal.decided": "Recours tranché",
}
"""The acts of this app, as the public log names them."""


class ModeratingConfig(AppConfig):
    name = "parvis.core.processes.moderating"
    label = "moderating"
    verbose_name = "modération"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.actors import leaving  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.ledger import naming  # noqa: PLC0415
        from parvis.core.processes import joins  # noqa: PLC0415
        from parvis.core.processes.moderating import actions, views  # noqa: PLC0415
        from parvis.core.web import front  # noqa: PLC0415

        naming.KINDS.update(KINDS)
        joins.PANELS.append(views.panel)
        front.SECTIONS.append(views.map_section)
        leaving.ERASERS.append(actions.forget)
        leaving.PORTERS.append(views.reported_and_appealed)
