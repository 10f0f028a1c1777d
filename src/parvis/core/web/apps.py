from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "parvis.core.web"
    label = "web"
    verbose_name = "pages"
    default_auto_field = "django.db.models.BigAutoField"
