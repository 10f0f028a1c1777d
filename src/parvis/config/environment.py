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
        "PARVIS_DATABASE",
        "",
        "Adresse de la base : « postgresql://compte:mot-de-passe@serveur:5432/nom » ou « sqlite:///chemin ». "
        "Vide : une base SQLite dans PARVIS_HOME.",
    ),
    Setting(
        "PARVIS_HOSTS", "127.0.0.1,localhost,[::1],testserver", "Noms de domaine servis, séparés par des virgules."
    ),
    Setting("PARVIS_HTTPS", "0", "1 : n'accepter que HTTPS, et le dire aux navigateurs (HSTS, cookies)."),
    Setting("PARVIS_DEBUG", "0", "1 : pages d'erreur détaillées, pour développer seulement."),
    Setting("PARVIS_SECRET_KEY", "", "Secret des sessions. Vide : tiré au sort et gardé dans PARVIS_HOME."),
    Setting("PARVIS_SITE_NAME", "Parvis", "Nom du site, en tête de chaque page."),
    Setting("PARVIS_THEME", "parvis", "Thème des pages : « parvis », ou le nom d'un paquet parvis_theme_<nom>."),
    Setting(
        "PARVIS_LOG_ORIGIN",
        "parvis.example/journal",
        "Origine du journal public, signée dans chaque point de contrôle.",
    ),
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
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
