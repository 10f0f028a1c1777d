from django.apps import AppConfig


class ModeratingConfig(AppConfig):
    name = "parvis.core.processes.moderating"
    label = "moderating"
    verbose_name = "modération"
    default_auto_field = "django.db.models.BigAutoField"
