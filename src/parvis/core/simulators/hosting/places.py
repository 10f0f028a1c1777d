"""Where engines are installed, where their processes meet those who call them, and where the real files are."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from parvis.core.errors import ParvisError

LONGEST = 100
"""Bytes of a Unix socket's address: Linux takes 107, other systems 103."""


class Unsettled(ParvisError):
    """The site has not said where engines live: Django is not set up."""


@dataclass(frozen=True)
class Places:
    """The folders that hosting uses."""

    home: Path  # PARVIS_HOME: sockets and the engines' own notes
    engines: Path  # libraries and prepared images
    data: Path  # PARVIS_DATA


_settled: list[Places] = []


def settle(places: Places) -> None:
    """Say where everything is: the site's settings do, once."""
    _settled[:] = [places]


def places() -> Places:
    if not _settled:
        raise Unsettled("Les dossiers des moteurs ne sont pas connus : lancez par « parvis », qui lit les réglages.")
    return _settled[0]


def meeting_folder() -> Path:
    """Return the folder of the sockets, open to its owner only; a short one elsewhere where the home's is too long."""
    folder = places().home / "engines"
    if len(os.fsencode(folder)) > LONGEST - 48:
        known = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"parvis-{os.getuid()}-{known}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o077:
        raise Unsettled(f"Le dossier « {folder} » est ouvert à d'autres que son propriétaire : chmod 700.")
    return folder
