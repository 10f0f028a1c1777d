import sys
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class SimulatorsConfig(AppConfig):
    name = "parvis.core.simulators"
    verbose_name = "simulateurs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.simulators.hosting.places import Places, settle  # noqa: PLC0415

        engines = settings.PARVIS_ENGINES or Path(sys.prefix) / "engines"
        settle(Places(Path(settings.PARVIS_HOME), engines, Path(settings.PARVIS_DATA)))
