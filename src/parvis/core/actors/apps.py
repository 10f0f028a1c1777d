from django.apps import AppConfig

KINDS = {
    "account.opened": "Compte ouvert",
    "account.password_renewed": "Mot de passe renouvelé",
    "account.renamed": "Nom public changé",
    "account.address_confirmed": "Adresse de compte confirmée",
    "account.sessions_closed": "Sessions d'un compte fermées",
    "account.identity_linked": "Identité reliée à un compte",
    "account.erased": "Compte effacé",
    "mandate.granted": "Mandat donné",
    "mandate.ended": "Mandat terminé",
    "organisation.registered": "Organisation inscrite",
    "organisation.corrected": "Organisation corrigée",
}
"""The acts of this app, as the public log names them."""


class ActorsConfig(AppConfig):
    name = "parvis.core.actors"
    label = "actors"
    verbose_name = "Acteurs et mandats"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.actors import leaving, views  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.actors.rights import actions  # noqa: PLC0415
        from parvis.core.ledger import naming  # noqa: PLC0415
        from parvis.core.web import front  # noqa: PLC0415

        front.SECTIONS.append(views.map_section)
        naming.KINDS.update(KINDS)
        leaving.PORTERS.append(actions.account_of)
