"""What an identity provider's answer must prove, before anyone enters: signature, issuer, nonce, person, rank.

OpenID Connect Core 1.0, sections 3.1.3.7 (identity token) and 5.3 (userinfo as a signed JWT, as ProConnect sends it).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import jwt

from parvis.core.errors import ParvisError

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""Signatures by a key pair only: « none » and shared secrets prove nothing."""


class IdentityRefused(ParvisError):
    """The provider's answer does not prove who the person is."""


class RankTooLow(ParvisError):
    """The person is known, by a means weaker than this site asks."""


def signed(token: str, *, keys: Mapping[str, Any], issuer: str, audience: str) -> dict[str, Any]:
    """Return what a token says, once its signature by the issuer's keys is verified, its issuer and dates too."""
    try:
        return _decoded(token, jwt.PyJWKSet.from_dict(dict(keys)), issuer, audience)
    except (jwt.PyJWTError, KeyError) as error:
        raise IdentityRefused(
            "La réponse du fournisseur d'identité n'est pas signée comme elle doit l'être : elle est refusée, "
            "personne n'est entré. Recommencez ; si cela revient, prévenez ceux qui tiennent ce site."
        ) from error


def _decoded(token: str, keys: jwt.PyJWKSet, issuer: str, audience: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    key = keys[header["kid"]] if "kid" in header else keys.keys[0]
    options: Any = {"require": ["iss", "sub", "aud", "exp"]}
    claims: dict[str, Any] = jwt.decode(
        token, key, algorithms=list(ALGORITHMS), issuer=issuer, audience=audience, options=options
    )
    return claims


def require_nonce(claims: Mapping[str, Any], nonce: str | None) -> None:
    """Refuse an answer that is not to the question that this browser asked."""
    if not nonce or claims.get("nonce") != nonce:
        raise IdentityRefused(
            "Cette réponse du fournisseur d'identité ne répond pas à votre demande : elle est refusée. Recommencez "
            "depuis la page « Se connecter »."
        )


def require_same_person(claims: Mapping[str, Any], userinfo: Mapping[str, Any]) -> None:
    if claims["sub"] != userinfo.get("sub"):
        raise IdentityRefused(
            "Le fournisseur d'identité a répondu sur deux personnes différentes : sa réponse est refusée. Recommencez."
        )


def require_rank(claims: Mapping[str, Any], *, ranks: Sequence[str], least: str) -> None:
    """Refuse an identity proved by a weaker means than asked. Ranks go from the weakest to the strongest."""
    rank = claims.get("acr")
    if rank not in ranks or ranks.index(rank) < ranks.index(least):
        raise RankTooLow(
            f"Votre identité a été vérifiée au niveau « {rank or 'inconnu'} » ; ce site demande « {least} » au moins. "
            "Identifiez-vous par un moyen plus sûr, ou créez un compte avec votre adresse électronique."
        )
