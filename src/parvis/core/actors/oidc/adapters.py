"""What allauth does once an identity is verified, and when it is not."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class Identities(DefaultSocialAccountAdapter):
    """A failure is told on our own page; an identity that no account knows is asked a public name there too."""

    def on_authentication_error(self, request: Any, *_told: Any, **_named: Any) -> None:  # noqa: ANN401 -- allauth's signature
        from parvis.core.actors.oidc.views import interrupted  # noqa: PLC0415 -- adapters load before tables

        raise ImmediateHttpResponse(interrupted(request))
