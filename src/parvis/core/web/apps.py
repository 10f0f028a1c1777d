from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "parvis.core.web"
    label = "web"
    verbose_name = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.web import checks  # noqa: F401, PLC0415 -- Django registers checks when apps are ready
