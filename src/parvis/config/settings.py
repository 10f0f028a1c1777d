"""Settings, read from the environment, each with a default that suits development."""

import os
import secrets
from pathlib import Path

HOME = Path(os.environ.get("PARVIS_HOME", "var")).resolve()
"""Where Parvis keeps what it makes: database, releases, log tiles, keys."""


def secret(name: str) -> str:
    """Return the secret kept in HOME, made on first use and readable by its owner only."""
    path = HOME / f"{name}.secret"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def flag(name: str, *, default: bool) -> bool:
    return os.environ.get(name, str(int(default))) == "1"


DEBUG = flag("PARVIS_DEBUG", default=False)
SECRET_KEY = os.environ.get("PARVIS_SECRET_KEY") or secret("django")
ALLOWED_HOSTS = os.environ.get("PARVIS_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
PARVIS_HOME = HOME
PARVIS_DATA = Path(os.environ.get("PARVIS_DATA", "../shared/data"))
PARVIS_LOG_ORIGIN = os.environ.get("PARVIS_LOG_ORIGIN", "parvis.example/journal")
PARVIS_SITE_NAME = os.environ.get("PARVIS_SITE_NAME", "Parvis")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "ninja",
    "parvis.core.web",
    "parvis.core.ledger",
    "parvis.core.actors",
    "parvis.core.registers",
    "parvis.core.undertakings",
    "parvis.plan",
    "parvis.accountability",
    "parvis.participation",
    "parvis.commons",
    "parvis.administration",
    "parvis.climate",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "parvis.config.urls"
WSGI_APPLICATION = "parvis.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["parvis.core.web.templatetags.parvis"],
        },
    }
]


def database(address: str) -> dict[str, object]:
    """Read `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    from urllib.parse import unquote, urlsplit  # noqa: PLC0415 -- only here

    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path.removeprefix("/") if parts.path.startswith("//") else parts.path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }


DATABASES = {"default": database(os.environ.get("PARVIS_DATABASE", f"sqlite:///{HOME / 'parvis.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "actors.Actor"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = flag("PARVIS_HTTPS", default=False)
SECURE_SSL_REDIRECT = flag("PARVIS_HTTPS", default=False)
SECURE_HSTS_SECONDS = 31_536_000 if flag("PARVIS_HTTPS", default=False) else 0
X_FRAME_OPTIONS = "DENY"
