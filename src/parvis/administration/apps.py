from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "parvis.administration"
    verbose_name = "Ouvrir l'administration"
    axis = 4
