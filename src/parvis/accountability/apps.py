from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "parvis.accountability"
    verbose_name = "Rendre des comptes"
    axis = 1
