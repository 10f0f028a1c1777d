from django.apps import AppConfig


class UndertakingsConfig(AppConfig):
    name = "parvis.core.undertakings"
    label = "undertakings"
    default_auto_field = "django.db.models.BigAutoField"
