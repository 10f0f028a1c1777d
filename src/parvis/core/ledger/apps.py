from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "parvis.core.ledger"
    label = "ledger"
    verbose_name = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.ledger import views  # noqa: PLC0415 -- models are known once apps are ready
        from parvis.core.web import front  # noqa: PLC0415

        front.PANELS.append(views.head_panel)
        front.SECTIONS.append(views.map_section)
