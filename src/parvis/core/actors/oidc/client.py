"""The conversation with the identity provider, on top of allauth's: every answer is verified with its keys."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri

from parvis.core.actors.oidc import verifying

CALLBACK = "/compte/fournisseur/retour/"


class VerifiedClient(OpenIDConnectOAuth2Adapter):
    """Reads the identity token and the userinfo as signed JWTs."""

    nonce: str | None = None

    def get_callback_url(self, request: Any, app: object) -> str:  # noqa: ANN401, ARG002 -- allauth's signature
        address: str = build_absolute_uri(request, CALLBACK)
        return address

    def complete_login(self, request: Any, app: Any, token: Any, **answer: Any) -> Any:  # noqa: ANN401 -- the same
        """Return who the person is. Raises IdentityRefused or RankTooLow."""
        told = self._verified(answer["response"].get("id_token", ""), app)
        verifying.require_nonce(told, self.nonce)
        verifying.require_rank(told, ranks=app.settings["ranks"], least=app.settings["rank"])
        userinfo = self._verified(self._userinfo(token.token), app)
        verifying.require_same_person(told, userinfo)
        return self.get_provider().sociallogin_from_response(request, {"userinfo": userinfo, "id_token": told})

    def _verified(self, token: str, app: Any) -> dict[str, Any]:  # noqa: ANN401 -- the same
        issuer = self.openid_config["issuer"]
        return verifying.signed(token, keys=self._keys(), issuer=issuer, audience=app.client_id)

    def _keys(self) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys: dict[str, Any] = answer.json()
        return keys

    def _userinfo(self, access_token: str) -> str:
        headers = {"Authorization": f"Bearer {access_token}", "Accept": "application/jwt"}
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers=headers)
            answer.raise_for_status()
        text: str = answer.text.strip()
        return text
