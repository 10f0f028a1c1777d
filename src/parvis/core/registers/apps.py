from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "parvis.core.registers"
    label = "registers"
    verbose_name = "registres"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.ledger import erasing, naming  # noqa: PLC0415
        from parvis.core.registers import actions, views  # noqa: PLC0415 -- models are known once apps are ready
        from parvis.core.registers.inventing.views import fictitious  # noqa: PLC0415
        from parvis.core.web import front  # noqa: PLC0415

        naming.KINDS.update(
            {
                "release.published": "Version publiée",
                "release.withdrawn": "Version retirée",
                "flag.replied": "Réponse à un signal",
                "reply.withdrawn": "Réponse à un signal retirée",
            }
        )
        erasing.ERASERS.update({"flag.replied": actions.erase_reply, "reply.withdrawn": actions.erase_withdrawal})
        naming.ADDRESSES.append(views.log_address)
        front.PANELS.append(views.registers_panel)
        front.SECTIONS.append(views.map_section)
        front.WARNINGS.append(fictitious)
