"""Settings, read from the environment, each with a default that suits development."""

from parvis.config import environment
from parvis.core.discovery import ROOMS

HOME = PARVIS_HOME = environment.folder("PARVIS_HOME")
PARVIS_DATA = environment.folder("PARVIS_DATA")
PARVIS_ENGINES = environment.folder("PARVIS_ENGINES") if environment.text("PARVIS_ENGINES") else None
PARVIS_ADDRESS = environment.text("PARVIS_ADDRESS")
PARVIS_LOG_ORIGIN = environment.text("PARVIS_LOG_ORIGIN")
PARVIS_SITE_NAME = environment.text("PARVIS_SITE_NAME")
PARVIS_PUBLISHER = environment.text("PARVIS_PUBLISHER")
PARVIS_CONTACT = environment.text("PARVIS_CONTACT")
PARVIS_THEME = environment.text("PARVIS_THEME")
PARVIS_PAGE_SECONDS = float(environment.text("PARVIS_PAGE_SECONDS"))
HTTPS = environment.flag("PARVIS_HTTPS")

DEBUG = environment.flag("PARVIS_DEBUG")
SECRET_KEY = environment.text("PARVIS_SECRET_KEY") or environment.secret("django", HOME)
ALLOWED_HOSTS = environment.names("PARVIS_HOSTS")

INSTALLED_APPS = [
    *([] if PARVIS_THEME == "parvis" else [f"parvis_theme_{PARVIS_THEME}"]),
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "ninja",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "parvis.core.web",
    "parvis.core.ledger",
    "parvis.core.actors",
    "parvis.core.registers",
    "parvis.core.texts",
    "parvis.core.processes",
    "parvis.core.processes.voting",
    "parvis.core.processes.answering",
    "parvis.core.processes.moderating",
    "parvis.core.processes.exporting",
    "parvis.core.processes.importing",
    "parvis.core.simulators",
    "parvis.core.undertakings",
    "allauth",
    *ROOMS,
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
    "allauth.account.middleware.AccountMiddleware",
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


DATABASES = {"default": environment.database(environment.text("PARVIS_DATABASE"), HOME)}
MESSAGE_TAGS = {20: "calm", 25: "good", 30: "warn", 40: "bad"}  # the tones of notices, by Django's levels
CSRF_FAILURE_VIEW = "parvis.core.web.views.csrf_failure"
FORM_RENDERER = "parvis.core.web.forms.FrenchForms"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "actors.Actor"
SESSION_ENGINE = "parvis.core.actors.models"
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

# allauth holds passkeys and the identity provider's accounts; signing up, addresses and passwords are our own acts.
ACCOUNT_ADAPTER = "parvis.core.actors.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {
    "sign_in": "30/m/ip,10/10m/key",
    "sign_up": "20/h/ip,5/h/key",
    "sign_up_without_proof": "3/h/ip,200/h/key",
    "mail": "10/h/ip,3/h/key",
    "name": "5/d/user",
}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "parvis.core.actors.oidc.adapters.Identities"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": environment.identity_provider()}
ALLAUTH_TRUSTED_PROXY_COUNT = int(environment.text("PARVIS_PROXIES") or HTTPS)
ALTCHA_HMAC_KEY = environment.secret("altcha", HOME)

(
    EMAIL_BACKEND,
    EMAIL_FILE_PATH,
    EMAIL_HOST,
    EMAIL_PORT,
    EMAIL_HOST_USER,
    EMAIL_HOST_PASSWORD,
    EMAIL_USE_TLS,
    EMAIL_USE_SSL,
) = environment.mail(environment.text("PARVIS_MAIL"), HOME)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("PARVIS_MAIL_FROM")
# Counts of tries, shared by the site's processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

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
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
# A fault is written where the server writes, with its trace; pages never show it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Parvis bears no certificate: a front server does, and says in this header, which it overwrites, how a visitor came.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
# To be preloaded by browsers is the deployer's commitment for years, not a default of ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
