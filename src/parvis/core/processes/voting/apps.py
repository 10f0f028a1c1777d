from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "parvis.core.processes.voting"
    label = "voting"
    verbose_name = "votes"
    default_auto_field = "django.db.models.BigAutoField"
