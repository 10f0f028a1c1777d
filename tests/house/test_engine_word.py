"""`parvis engine`: what does not install is a failure, for `make engines` and for whoever reads the exit status."""

import sys
from pathlib import Path

import pytest

from parvis.config.cli import main

NOWHERE = "http://127.0.0.1:9/simple"
"""Where no registry of packages answers (RFC 863's port)."""


def test_an_engine_that_does_not_install_ends_the_command_in_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings, tmp_path: Path
) -> None:
    settings.PARVIS_ENGINES = tmp_path
    for name in ("UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.setenv(name, NOWHERE)
    monkeypatch.setattr(sys, "argv", ["parvis", "engine", "install", "fair"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    assert "non installé" in capsys.readouterr().out
