from django.apps import AppConfig


class UndertakingsConfig(AppConfig):
    name = "parvis.core.undertakings"
    label = "undertakings"
    verbose_name = "Le plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.undertakings.front import views  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.web import front  # noqa: PLC0415

        front.PANELS += [views.plan_panel, views.figures_panel]
        front.SECTIONS.append(views.map_section)
