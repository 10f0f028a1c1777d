from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "parvis.commons"
    verbose_name = "Partager des ressources numériques"
    axis = 3

    def ready(self):
        from parvis.commons import places, views  # noqa: PLC0415 -- tables exist from here on only

        places.COMMUNES.append(views.communes)
