from django.apps import AppConfig

KINDS = {
    "import.received": "Import reçu",
    "import.accepted": "Import accepté",
    "import.refused": "Import refusé",
    "import.entered": "Contributions importées",
    "archive.made": "Archive publiée",
}
"""The acts of this app, as the public log names them."""


class ImportingConfig(AppConfig):
    name = "parvis.core.processes.importing"
    label = "importing"
    verbose_name = "imports de contributions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.ledger import naming  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.processes import joins  # noqa: PLC0415
        from parvis.core.processes.importing import views  # noqa: PLC0415

        joins.PANELS.append(views.notices_panel)
        joins.PANELS.append(views.sealed_panel)
        joins.PROCESS_PANELS.append(views.compared_panel)
        naming.ADDRESSES.append(views.log_address)
        naming.KINDS.update(KINDS)
