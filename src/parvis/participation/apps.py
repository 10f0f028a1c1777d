from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "parvis.participation"
    verbose_name = "Consulter, concerter et coproduire"
    axis = 2
