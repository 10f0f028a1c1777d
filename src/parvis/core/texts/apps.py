from django.apps import AppConfig

KINDS = {
    "text.published": "Texte publié",
    "text.described": "Fiche d'un texte mise à jour",
    "version.published": "Version d'un texte publiée",
    "text.related": "Renvois entre deux textes relevés",
}
"""The acts of this app, as the public log names them."""


class TextsConfig(AppConfig):
    name = "parvis.core.texts"
    label = "texts"
    verbose_name = "textes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from parvis.core.ledger import naming  # noqa: PLC0415 -- tables exist from here on only
        from parvis.core.texts import views  # noqa: PLC0415
        from parvis.core.web import front  # noqa: PLC0415

        naming.KINDS.update(KINDS)
        naming.ADDRESSES.append(views.log_address)
        front.SECTIONS.append(views.map_section)
