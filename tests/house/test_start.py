"""The house stands: checks, migrations, and settings fit for a deployment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from house.law import ROOT


def run(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Django command as a deployment would, on its own settings."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", *words],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "parvis.config.settings",
            "PYTHONPATH": str(ROOT / "src"),
            "PARVIS_HOME": str(home),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_deployment_over_https_passes_the_deployment_check(tmp_path: Path) -> None:
    answer = run(tmp_path, "check", "--deploy", "--fail-level", "WARNING", PARVIS_HTTPS="1")

    assert answer.returncode == 0, answer.stderr


def test_a_deployment_without_https_does_not(tmp_path: Path) -> None:
    answer = run(tmp_path, "check", "--deploy", "--fail-level", "WARNING", PARVIS_HTTPS="0")

    assert answer.returncode == 1
    assert "SECURE_SSL_REDIRECT" in answer.stderr


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_secret_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    from parvis.config.environment import secret

    first = secret("django", tmp_path)

    assert secret("django", tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["django.secret"]
    assert (tmp_path / "django.secret").stat().st_mode & 0o077 == 0
