from django.apps import AppConfig

KINDS = {
    "import.received": "Import reçu",
    "import.accepted": "Import accepté",
    "import.refused": "Import refusé",
}
"""The acts of this app, as the public log names them."""


class ImportingConfig(AppConfig):
    name = "parvis.core.processes.importing"
    label = "importing"
    verbose_name = "imports de contributions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.ledger import naming  # noqa: PLC0415 -- tables exist from here on only

        naming.KINDS.update(KINDS)
