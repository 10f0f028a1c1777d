from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "parvis.core.actors"
    label = "actors"
    verbose_name = "Acteurs et mandats"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.actors import views  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.web import front  # noqa: PLC0415

        front.SECTIONS.append(views.map_section)
