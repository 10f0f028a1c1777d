from django.apps import AppConfig


class AnsweringConfig(AppConfig):
    name = "parvis.core.processes.answering"
    label = "answering"
    verbose_name = "réponses"
    default_auto_field = "django.db.models.BigAutoField"
