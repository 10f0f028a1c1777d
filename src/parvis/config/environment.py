"""Every setting that a deployment may give, with its default and its sentence: docs/reference is made from it."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit


class Setting(NamedTuple):
    """One environment variable."""

    name: str
    default: str
    sentence: str  # French


SETTINGS = (
    Setting(
        "PARVIS_HOME", "var", "Dossier de tout ce que Parvis fabrique : base, versions des registres, journal, clés."
    ),
    Setting("PARVIS_DATA", "../shared/data", "Dossier des fichiers réels que charge la démonstration."),
    Setting(
        "PARVIS_ENGINES",
        "",
        "Dossier où s'installent les moteurs des simulateurs, chacun avec ses bibliothèques. "
        "Vide : « engines », dans l'environnement Python de Parvis.",
    ),
    Setting(
        "PARVIS_DATABASE",
        "",
        "Adresse de la base : « postgresql://compte:mot-de-passe@serveur:5432/nom » ou « sqlite:///chemin ». "
        "Vide : une base SQLite dans PARVIS_HOME.",
    ),
    Setting(
        "PARVIS_HOSTS", "127.0.0.1,localhost,[::1],testserver", "Noms de domaine servis, séparés par des virgules."
    ),
    Setting(
        "PARVIS_ADDRESS",
        "http://127.0.0.1:8000",
        "Adresse du site, pour les liens des courriels qui ne répondent à aucune visite.",
    ),
    Setting(
        "PARVIS_HTTPS",
        "0",
        "1 : n'accepter que HTTPS, et le dire aux navigateurs (HSTS, cookies). Un serveur frontal porte le certificat "
        "et dit, dans l'en-tête X-Forwarded-Proto qu'il remplace, comment le visiteur est venu.",
    ),
    Setting("PARVIS_DEBUG", "0", "1 : pages d'erreur détaillées, pour développer seulement."),
    Setting("PARVIS_SECRET_KEY", "", "Secret des sessions. Vide : tiré au sort et gardé dans PARVIS_HOME."),
    Setting("PARVIS_SITE_NAME", "Parvis", "Nom du site, en tête de chaque page."),
    Setting(
        "PARVIS_PUBLISHER",
        "",
        "Qui publie le site et répond des données des comptes (nom, adresse postale) : au pied de chaque page.",
    ),
    Setting("PARVIS_CONTACT", "", "Adresse électronique de ceux qui tiennent le site : au pied de chaque page."),
    Setting("PARVIS_THEME", "parvis", "Thème des pages : « parvis », ou le nom d'un paquet parvis_theme_<nom>."),
    Setting(
        "PARVIS_LOG_ORIGIN",
        "parvis.example/journal",
        "Origine du journal public, signée dans chaque point de contrôle.",
    ),
    Setting(
        "PARVIS_PAGE_SECONDS",
        "1",
        "Secondes pendant lesquelles une page publique, faite une fois, sert à tous les visiteurs sans compte. "
        "0 : chaque page est faite à chaque demande.",
    ),
    Setting(
        "PARVIS_MAIL",
        "",
        "Serveur d'envoi des courriels : « smtps://compte:mot-de-passe@serveur:465 » ou « smtp://…:587 » (STARTTLS). "
        "Vide : chaque courriel est un fichier de PARVIS_HOME/mail.",
    ),
    Setting("PARVIS_MAIL_FROM", "Parvis <ne-pas-repondre@parvis.example>", "Expéditeur des courriels."),
    Setting(
        "PARVIS_PROXIES",
        "",
        "Nombre de serveurs frontaux de confiance : l'adresse du visiteur, pour limiter les essais, est lue au-delà. "
        "Vide : 1 avec PARVIS_HTTPS=1, sinon 0.",
    ),
    Setting(
        "PARVIS_OIDC_ISSUER",
        "",
        "Adresse du fournisseur d'identité (OpenID Connect, à la manière de ProConnect). Vide : aucun.",
    ),
    Setting("PARVIS_OIDC_NAME", "ProConnect", "Nom du fournisseur d'identité, tel que les pages le montrent."),
    Setting("PARVIS_OIDC_CLIENT", "", "Identifiant de ce site chez le fournisseur d'identité."),
    Setting("PARVIS_OIDC_SECRET", "", "Secret de ce site chez le fournisseur d'identité."),
    Setting(
        "PARVIS_OIDC_RANKS", "eidas1,eidas2,eidas3", "Niveaux d'identité (acr) connus, du plus faible au plus fort."
    ),
    Setting("PARVIS_OIDC_RANK", "eidas1", "Niveau d'identité (acr) le plus faible que ce site accepte."),
)
DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def text(name: str) -> str:
    """Return the value of a declared setting."""
    return os.environ.get(name, DEFAULTS[name])


def flag(name: str) -> bool:
    return text(name) == "1"


def names(name: str) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()]


def folder(name: str) -> Path:
    return Path(text(name)).resolve()


def secret(name: str, home: Path) -> str:
    """Return the secret kept in the home folder, made on first use and readable by its owner only."""
    path = home / f"{name}.secret"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        fresh = home / f"{name}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        # Two processes may start together: the first link wins, and both read the same secret.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()


class Mail(NamedTuple):
    """Where Django sends mail, in the order that settings.py names."""

    backend: str
    folder: Path
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False


def mail(address: str, home: Path) -> Mail:
    """Read a mail server's address; without one, each mail is a file. A server's certificate is always verified."""
    if not address:
        return Mail("django.core.mail.backends.filebased.EmailBackend", home / "mail")
    parts = urlsplit(address)
    is_tls = parts.scheme == "smtps"
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        home / "mail",
        parts.hostname or "localhost",
        parts.port or (465 if is_tls else 587),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starts_tls=not is_tls,
        is_tls=is_tls,
    )


def identity_provider() -> dict[str, object]:
    """Describe the identity provider that the environment names to allauth; none where it names none."""
    if not text("PARVIS_OIDC_ISSUER"):
        return {"provider_class": PROVIDER, "APPS": []}
    names_of_ranks, rank = names("PARVIS_OIDC_RANKS"), text("PARVIS_OIDC_RANK")
    at, name = text("PARVIS_OIDC_ISSUER"), text("PARVIS_OIDC_NAME")
    client, secret_word = text("PARVIS_OIDC_CLIENT"), text("PARVIS_OIDC_SECRET")
    return provider(at, name=name, client=client, secret_word=secret_word, ranks=names_of_ranks, rank=rank)


PROVIDER = "parvis.core.actors.oidc.provider.Provider"


def provider(  # noqa: PLR0913 -- one word a setting
    issuer: str, *, name: str, client: str, secret_word: str, ranks: list[str], rank: str
) -> dict[str, object]:
    """Describe an identity provider to allauth."""
    asked = {"server_url": issuer, "scope": ["openid", "email"], "oauth_pkce_enabled": True}
    known = {"provider_id": "fournisseur", "name": name, "client_id": client, "secret": secret_word}
    app = {**known, "settings": {**asked, "ranks": ranks, "rank": rank}}
    return {"provider_class": PROVIDER, "APPS": [app]}


def database(address: str, home: Path) -> dict[str, object]:
    """Read a database's address; a PostgreSQL socket's folder is given as `?host=`."""
    parts = urlsplit(address or f"sqlite:///{home / 'parvis.sqlite3'}")
    if parts.scheme == "sqlite":
        return sqlite(parts.path.removeprefix("/"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "".join(parse_qs(parts.query).get("host", [])),
        "PORT": parts.port or "",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }


def sqlite(path: str) -> dict[str, object]:
    """Settle SQLite so that an acknowledged act is on the disk, and writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Opening SQLite costs more than many a request: a thread keeps its connection.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
