from django.apps import AppConfig


class SimulatorsConfig(AppConfig):
    name = "parvis.core.simulators"
    verbose_name = "simulateurs"
    default_auto_field = "django.db.models.BigAutoField"
