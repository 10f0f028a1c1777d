from django.apps import AppConfig

KINDS = {
    "answer.owed": "Réponses dues",
    "answer.given": "Réponse donnée",
    "answer.corrected": "Réponse corrigée",
    "answer.contested": "Réponse contestée",
    "answer.maintained": "Réponse maintenue",
    "follow.started": "Suivi commencé",
    "follow.stopped": "Suivi arrêté",
    "notice.written": "Avis à envoyer",
    "notice.sent": "Avis envoyé par courriel",
}
"""The acts of this app, as the public log names them."""


class AnsweringConfig(AppConfig):
    name = "parvis.core.processes.answering"
    label = "answering"
    verbose_name = "réponses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.actors import leaving  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.ledger import naming  # noqa: PLC0415
        from parvis.core.processes import joins  # noqa: PLC0415
        from parvis.core.processes.answering import actions, views  # noqa: PLC0415
        from parvis.core.processes.answering.counting.actions import count_again  # noqa: PLC0415
        from parvis.core.web import front  # noqa: PLC0415

        naming.KINDS.update(KINDS)
        leaving.ERASERS.append(actions.forget)
        leaving.PORTERS.append(views.followed_and_contested)
        naming.ADDRESSES.insert(0, views.log_address)
        joins.CHANGED.append(count_again)
        joins.PANELS.append(views.fate_panel)
        joins.PROCESS_PANELS.append(views.debate_panel)
        front.SECTIONS.append(views.map_section)
