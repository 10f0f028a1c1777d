from django.apps import AppConfig


class ExportingConfig(AppConfig):
    name = "parvis.core.processes.exporting"
    label = "exporting"
    verbose_name = "exports de débats"
