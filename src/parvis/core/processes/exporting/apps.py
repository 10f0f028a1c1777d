from django.apps import AppConfig


class ExportingConfig(AppConfig):
    name = "parvis.core.processes.exporting"
    label = "exporting"
    verbose_name = "exports de débats"

    def ready(self):
        from parvis.core.actors import leaving  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.processes import joins  # noqa: PLC0415
        from parvis.core.processes.exporting import actions, views  # noqa: PLC0415

        leaving.WORDS.append(actions.forget_words)
        joins.PROCESS_PANELS.append(views.panel)
