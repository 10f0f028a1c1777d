"""The house stands: checks, migrations, and settings fit for a deployment."""

import os
import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.contrib.staticfiles.finders import get_finder
from django.core.management import call_command
from django.test import Client, RequestFactory

from house.law import ROOT
from parvis.config.serving import prepare


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


@pytest.fixture
def over_https(settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    """Return a browser of a site whose front server bears the certificate, on what PARVIS_HTTPS=1 settles."""
    monkeypatch.setenv("PARVIS_HTTPS", "1")
    monkeypatch.setenv("PARVIS_HOME", str(tmp_path))
    for name, value in runpy.run_path(str(ROOT / "src/parvis/config/settings.py")).items():
        if name.startswith(("SECURE_", "CSRF_COOKIE_", "SESSION_COOKIE_", "ALLAUTH_TRUSTED_")):
            setattr(settings, name, value)
    return Client(enforce_csrf_checks=True)


def came(scheme: str) -> dict[str, str]:
    """Return what the front server, and the visitor's browser, say of how they came."""
    told = {"X-Forwarded-Proto": scheme, "X-Forwarded-For": "192.0.2.1"}
    return {**told, "Host": "testserver", "Origin": f"{scheme}://testserver"}


@pytest.mark.django_db
def test_behind_a_front_server_pages_are_answered_over_https_and_their_forms_received(over_https: Client) -> None:
    page = over_https.get("/compte/connexion/", headers=came("https"))
    form = {"login": "a@parvis.example", "password": "x", "csrfmiddlewaretoken": page.cookies["csrftoken"].value}
    answer = over_https.post("/compte/connexion/", form, headers=came("https"))

    assert (page.status_code, answer.status_code) == (200, 200)
    assert over_https.get("/compte/connexion/", headers=came("http"))["Location"] == (
        "https://testserver/compte/connexion/"
    )


def test_behind_a_front_server_each_visitor_is_counted_apart(over_https: Client) -> None:
    asked = RequestFactory().get("/", headers=came("https"), REMOTE_ADDR="127.0.0.1")

    assert get_client_ip(asked) == "192.0.2.1"


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_static_files_are_collected_when_one_of_them_changed(tmp_path: Path, settings) -> None:
    source = tmp_path / "own" / "sheet.css"
    source.parent.mkdir()
    source.write_text("a { color: black }")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source.parent], tmp_path / "static"
    get_finder.cache_clear()
    prepare()
    (tmp_path / "static" / "sheet.css").write_text("kept: nothing changed")
    prepare()
    assert (tmp_path / "static" / "sheet.css").read_text() == "kept: nothing changed"
    source.write_text("a { color: white }")
    os.utime(source, ns=(later := time.time_ns() + 5_000_000_000, later))  # Django compares seconds
    prepare()
    assert "white" in (tmp_path / "static" / "sheet.css").read_text()
    get_finder.cache_clear()


def test_the_secret_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    from parvis.config.environment import secret

    first = secret("django", tmp_path)

    assert secret("django", tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["django.secret"]
    assert (tmp_path / "django.secret").stat().st_mode & 0o077 == 0
