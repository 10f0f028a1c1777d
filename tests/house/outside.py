"""What a process of its own is given: a port where nobody listens, this test's database, a stranger's check."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from house.law import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database() -> str:
    """Return the address of this test's database."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    where = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}@"
    where += f"{given['HOST']}:{given['PORT']}" if "/" not in given["HOST"] else ""
    return f"postgresql://{where}/{given['NAME']}?host={quote(given['HOST'])}"


def compared(entry: dict, page: dict, folder: Path) -> tuple[int, str]:
    """Compare an entry of the log with a page as docs/do says, our code out of reach: the status, the words."""
    for name, content in (("entree.json", entry), ("page.json", page)):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    command = [sys.executable, "-I", str(ROOT / "docs" / "do" / "comparer.py"), "entree.json", "page.json"]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return answer.returncode, answer.stdout + answer.stderr
