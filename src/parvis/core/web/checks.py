"""What is checked when the site starts: the State's design system is for the State's sites."""

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 -- Django's own word

STATE_THEME = "dsfr"


@register(Tags.security)
def state_design_system(**_: object) -> list[CheckMessage]:
    """Warn where the theme is the State's and a host is not.

    Terms of use of DSFR, items 8, 14 and 47: its resources are only for sites in .gouv.fr, with a prior approval.
    """
    outside = [host for host in settings.ALLOWED_HOSTS if not host.endswith(".gouv.fr")]
    if settings.PARVIS_THEME != STATE_THEME or not outside:
        return []
    return [
        Warning(
            f"Le thème de l'État (PARVIS_THEME=dsfr) est réservé aux sites en .gouv.fr ; ces noms n'en sont pas : "
            f"{', '.join(outside)}.",
            hint="Gardez le thème neutre, ou ne servez que des noms en .gouv.fr (PARVIS_HOSTS).",
            id="parvis.W001",
        )
    ]
