"""An identity provider in the manner of ProConnect, for tests: django-allauth's own, in a process of its own.

`python provider.py PORT FOLDER` serves it. A person's name says what is false in what the provider answers about them:
« louise » is honest, « louise.nonce » has another's nonce, and so on (FAULTS).
"""

import json
import sys
from pathlib import Path

import django
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

FAULTS = ("signature", "nonce", "rank", "unranked", "plain", "person", "unverified", "issuer", "late", "none")
CLIENT, SECRET = "parvis", "un secret de test"
RETURN = "http://testserver/compte/fournisseur/retour/"


def fresh_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kind, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(kind, form, serialization.NoEncryption()).decode()


def settle(port: str, folder: Path) -> None:
    settings.configure(
        SECRET_KEY="a provider's, for tests",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
            "allauth", "allauth.account", "allauth.idp", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        IDP_OIDC_PRIVATE_KEY=fresh_key(),
        IDP_OIDC_ADAPTER=f"{__name__}.ProConnect",
        IDP_OIDC_USERINFO_ENDPOINT=f"http://127.0.0.1:{port}/userinfo",
    )  # fmt: skip
    django.setup()


if __name__ == "__main__":
    sys.modules["provider"], __name__ = sys.modules["__main__"], "provider"
    settle(sys.argv[1], Path(sys.argv[2]))

    from allauth.account.models import EmailAddress
    from allauth.core.internal import jwkkit
    from allauth.idp.oidc.adapter import DefaultOIDCAdapter
    from allauth.idp.oidc.models import Client
    from allauth.idp.oidc.views import user_info
    from django.contrib.auth import login
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import include, path

    def fault(user: User) -> str:
        return user.username.partition(".")[2]

    class ProConnect(DefaultOIDCAdapter):
        """Says the rank of the identity, and lies where the person's name asks it to."""

        def populate_id_token(self, id_token, *_positional, **_named):
            wrong = fault(User.objects.get(pk=id_token["sub"]))
            id_token["acr"] = {"rank": "eidas0", "unranked": "gold"}.get(wrong, "eidas1")
            if wrong == "nonce":
                id_token["nonce"] = "another's"
            if wrong == "issuer":
                id_token["iss"] = "http://elsewhere.example"

    def enter(request, name):
        """Sign the person in: tests have no password to type."""
        login(request, User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
        return HttpResponse("entered")

    def userinfo(request):
        """Give what allauth's own endpoint gives, as a signed JWT."""
        told = json.loads(user_info(request).content)
        wrong = fault(User.objects.get(pk=told["sub"]))
        if wrong == "plain":
            return HttpResponse(json.dumps(told), content_type="application/json")
        told |= {"iss": request.build_absolute_uri("/").rstrip("/"), "aud": CLIENT, "exp": 4102444800}
        told |= {"person": {"sub": "another"}, "late": {"exp": 1}}.get(wrong, {})
        public, private = jwkkit.load_jwk_from_pem(settings.IDP_OIDC_PRIVATE_KEY)
        key = jwkkit.load_pem(fresh_key()) if wrong == "signature" else private
        headers = {"kid": public["kid"]}
        signed = (
            jwt.encode(told, None, "none", headers) if wrong == "none" else jwt.encode(told, key, "RS256", headers)
        )
        return HttpResponse(signed, content_type="application/jwt")

    urlpatterns = [
        path("enter/<str:name>", enter),
        path("userinfo", userinfo),
        path("", include("allauth.idp.urls")),
    ]

    call_command("migrate", verbosity=0)
    known = Client(id=CLIENT, name="Parvis", scopes="openid\nemail", redirect_uris=RETURN, skip_consent=True)
    known.set_secret(SECRET)
    known.save()
    for name in ("louise", *(f"louise.{wrong}" for wrong in FAULTS)):
        user = User.objects.create_user(name)
        verified = not name.endswith("unverified")
        EmailAddress.objects.create(user=user, email=f"{name}@agents.example", verified=verified, primary=True)
    server = ThreadedWSGIServer(("127.0.0.1", int(sys.argv[1])), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever()
