"""The identity provider, in the manner of ProConnect: what is asked of it, and what is kept of its answer."""

import secrets
from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider

from parvis.core.actors.oidc.client import VerifiedClient


class Provider(OpenIDConnectProvider):
    """OpenID Connect with PKCE, a nonce, and a rank asked; of the answer, only the identifier and address are kept."""

    oauth2_adapter_class = VerifiedClient

    def redirect(self, request: Any, process: str, next_url: Any = None, data: Any = None, **state: Any) -> Any:  # noqa: ANN401 -- allauth's signature
        """Send the person to the provider, with what its answer will have to bear."""
        nonce = secrets.token_urlsafe(32)
        asked = {"nonce": nonce, "acr_values": self.app.settings["rank"]}
        state |= {"auth_params": asked, "scope": self.get_scope(), "nonce": nonce}
        return super().redirect(request, process, next_url, data, **state)

    def extract_extra_data(self, _data: Any) -> dict[str, Any]:  # noqa: ANN401 -- the same
        """Keep nothing of the civil identity: the site has no use for it."""
        return {}
