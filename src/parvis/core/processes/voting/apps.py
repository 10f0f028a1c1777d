from django.apps import AppConfig

KINDS = {
    "poll.opened": "Vote ouvert",
    "poll.closed": "Vote clos",
    "poll.tallied": "Vote décompté",
    "poll.key_destroyed": "Clé d'un vote détruite",
    "vote.cast": "Vote reçu",
}
"""The acts of this app, as the public log names them."""


class VotingConfig(AppConfig):
    name = "parvis.core.processes.voting"
    label = "voting"
    verbose_name = "votes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.actors import leaving  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.ledger import naming  # noqa: PLC0415
        from parvis.core.processes import joins  # noqa: PLC0415
        from parvis.core.processes.answering import telling  # noqa: PLC0415
        from parvis.core.processes.voting import actions, api, views  # noqa: PLC0415

        naming.KINDS.update(KINDS)
        naming.ADDRESSES.append(views.log_address)
        joins.CHANGING.append(actions.require_unvoted)
        joins.PANELS.append(views.contribution_panel)
        joins.PROCESS_PANELS.append(views.process_panel)
        leaving.PORTERS.append(api.carried)
        telling.AUDIENCES.append(api.supporters)
