from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "parvis.core.texts"
    label = "texts"
    verbose_name = "textes"
    default_auto_field = "django.db.models.BigAutoField"
