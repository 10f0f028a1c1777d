"""The links that mails hold: sealed, for one purpose, for one hour; what they do, they do once.

A link is encrypted, so that no address is written in the server's logs. What makes it good for one use is the state
that it bears: the act that it opens changes that state.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from parvis.core.errors import ParvisError

LIFE_SECONDS: Final = 3600


class LinkExpired(ParvisError):
    """A link from a mail was opened too late, twice, or is not ours."""

    def __init__(self) -> None:
        super().__init__(
            "Ce lien n'est plus valable : il sert une seule fois, pendant une heure. Demandez-en un autre : le "
            "courriel précédent peut être jeté."
        )


def write(purpose: str, content: dict[str, str], *, secret: str, at: datetime) -> str:
    """Return the token of a link, to be put in an address."""
    return _cipher(purpose, secret).encrypt_at_time(json.dumps(content).encode(), int(at.timestamp())).decode()


def read(purpose: str, token: str, *, secret: str, at: datetime) -> dict[str, str]:
    """Return what a link bears. Raises LinkExpired past its hour, or when we did not write it for this purpose."""
    try:
        plain = _cipher(purpose, secret).decrypt_at_time(token.encode(), LIFE_SECONDS, int(at.timestamp()))
    except InvalidToken as error:
        raise LinkExpired from error
    content: dict[str, str] = json.loads(plain)
    return content


def state(*parts: object, secret: str) -> str:
    """Return a short trace of what a link's act will change: once it has changed, the link is spent."""
    return hmac.digest(secret.encode(), repr(parts).encode(), "sha256").hex()[:16]


def _cipher(purpose: str, secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(hashlib.sha256(f"parvis.links.{purpose}\0{secret}".encode()).digest()))
