"""`parvis engine`: what does not install is a failure, for `make engines` and for whoever reads the exit status."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from core.simulators.conftest import TINY
from parvis.config.cli import main
from parvis.core.simulators.engines import ENGINES


def test_an_engine_that_does_not_install_ends_the_command_in_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings, tmp_path: Path
) -> None:
    settings.PARVIS_ENGINES = tmp_path
    unreadable = tmp_path / "requirements.txt"
    unreadable.write_text("this is no list of packages\n")
    monkeypatch.setitem(ENGINES.filled(), "unreadable", replace(TINY, slug="unreadable", requirements=unreadable))
    monkeypatch.setattr(sys, "argv", ["parvis", "engine", "install", "unreadable"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    assert "non installé" in capsys.readouterr().out
