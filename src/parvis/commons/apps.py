from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "parvis.commons"
    verbose_name = "Partager des ressources numériques"
    axis = 3
