from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "parvis.commons"
    verbose_name = "Partager des ressources numériques"
    axis = 3

    def ready(self):
        from parvis.commons import places, views  # noqa: PLC0415 -- tables exist from here on only
        from parvis.commons.registers.public_models.evidence import actions as evidence  # noqa: PLC0415
        from parvis.core.undertakings.measures.actions import EVIDENCE  # noqa: PLC0415

        EVIDENCE.append(evidence.refresh)
        places.COMMUNES.append(views.communes)
