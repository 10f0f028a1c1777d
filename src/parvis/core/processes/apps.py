"""Processes: who may contribute what, when, on what; what becomes of each contribution; who owes an answer."""

from django.apps import AppConfig

KINDS = {
    "process.drafted": "Débat préparé",
    "process.published": "Débat ouvert",
    "process.rescheduled": "Dates d'un débat changées",
    "contribution.received": "Contribution reçue",
    "contribution.signed": "Contribution signée",
    "contribution.edited": "Contribution modifiée",
    "contribution.withdrawn": "Contribution retirée",
    "contribution.hidden": "Contribution masquée",
    "contribution.restored": "Contribution rétablie",
}
"""The acts of this app, as the public log names them."""


class ProcessesConfig(AppConfig):
    name = "parvis.core.processes"
    label = "processes"
    verbose_name = "débats"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.actors import leaving  # noqa: PLC0415
        from parvis.core.ledger import naming  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.ledger.erasing import ERASERS  # noqa: PLC0415
        from parvis.core.processes import views  # noqa: PLC0415
        from parvis.core.processes.erasing import actions as erasing  # noqa: PLC0415
        from parvis.core.web import front  # noqa: PLC0415

        naming.KINDS.update(KINDS)
        naming.ADDRESSES.append(views.log_address)
        front.SECTIONS.append(views.map_section)
        leaving.ERASERS.append(erasing.forget_author)
        ERASERS.update(dict.fromkeys(erasing.WORDED, erasing.erase_sealed))
        leaving.WORDS.append(erasing.erase_written)
        leaving.PORTERS.append(erasing.written_by)
