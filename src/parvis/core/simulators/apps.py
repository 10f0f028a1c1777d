import sys
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

KINDS = {
    "run.published": "Calcul publié",
    "run.signed": "Calcul signé",
}
"""The acts of this app, as the public log names them."""


class SimulatorsConfig(AppConfig):
    name = "parvis.core.simulators"
    label = "simulators"
    verbose_name = "simulateurs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.actors import leaving  # noqa: PLC0415
        from parvis.core.ledger import erasing, naming  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.simulators import actions  # noqa: PLC0415
        from parvis.core.simulators.catalogue import views  # noqa: PLC0415
        from parvis.core.simulators.hosting.places import Places, settle  # noqa: PLC0415
        from parvis.core.simulators.running import views as running  # noqa: PLC0415
        from parvis.core.web import front  # noqa: PLC0415

        engines = settings.PARVIS_ENGINES or Path(sys.prefix) / "engines"
        settle(Places(Path(settings.PARVIS_HOME), engines, Path(settings.PARVIS_DATA)))
        naming.KINDS.update(KINDS)
        naming.ADDRESSES.append(running.log_address)
        front.PANELS.append(views.front_panel)
        front.SECTIONS.append(views.map_section)
        leaving.ERASERS.append(actions.forget_author)
        erasing.ERASERS.update(dict.fromkeys((actions.PUBLISHED, actions.SIGNED), actions.erase_sealed))
        leaving.WORDS.append(actions.erase_published)
        leaving.PORTERS.append(actions.published_by)
