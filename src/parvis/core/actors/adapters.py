"""What allauth leaves to us: it keeps passkeys and identities, and neither writes mail nor speaks for us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse


class Accounts(DefaultAccountAdapter):
    """A passkey or an identity opens a session by itself: it is another way in, not a second lock on the password."""

    def get_login_stages(self) -> list[str]:
        return []

    def add_message(self, *positional: Any, message: str | None = None, **named: Any) -> None:  # noqa: ANN401 -- allauth's signature
        """Show a sentence that says why something was refused; what went well is said by our pages."""
        if message:
            super().add_message(*positional, message=message, **named)

    def respond_user_inactive(self, request: Any, user: object) -> Any:  # noqa: ANN401, ARG002 -- the same
        """Send a closed account back to the page where one signs in."""
        from parvis.core.actors.signing.views import closed_account  # noqa: PLC0415 -- adapters load before tables

        raise ImmediateHttpResponse(closed_account(request))
