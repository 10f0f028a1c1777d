from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "parvis.participation"
    verbose_name = "Consulter, concerter et coproduire"
    axis = 2

    def ready(self):
        from parvis.core.ledger import naming  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.processes import joins, subjects  # noqa: PLC0415
        from parvis.core.simulators.running import joins as runs  # noqa: PLC0415
        from parvis.core.texts import links  # noqa: PLC0415
        from parvis.core.undertakings.measures.actions import EVIDENCE  # noqa: PLC0415
        from parvis.core.web import front  # noqa: PLC0415
        from parvis.participation import joining, views  # noqa: PLC0415
        from parvis.participation.anchoring.views import anchor_panel, quotes_on  # noqa: PLC0415
        from parvis.participation.effects.views import carried_panel, effect_panel, require_run  # noqa: PLC0415
        from parvis.participation.front.views import debates_panel  # noqa: PLC0415
        from parvis.participation.joining.views import debates_on, opened  # noqa: PLC0415
        from parvis.participation.registers.debates.evidence import actions as evidence  # noqa: PLC0415

        subjects.DOORS[joining.SCHEME] = opened
        links.LINKS += [debates_on, quotes_on]
        joins.PANELS += [anchor_panel, effect_panel]
        joins.RECEIVED.append(require_run)
        joins.CHANGED.append(require_run)
        runs.PANELS.append(carried_panel)
        joins.PROCESS_PANELS.append(views.consolidation_panel)
        front.PANELS.append(debates_panel)
        EVIDENCE.append(evidence.refresh)
        naming.KINDS["consolidation.published"] = "Texte consolidé par un débat"
