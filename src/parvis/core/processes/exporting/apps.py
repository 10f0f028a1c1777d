from django.apps import AppConfig


class ExportingConfig(AppConfig):
    name = "parvis.core.processes.exporting"
    label = "exporting"
    verbose_name = "exports de débats"

    def ready(self):
        from parvis.core.processes import joins  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.processes.exporting import views  # noqa: PLC0415

        joins.PROCESS_PANELS.append(views.panel)
