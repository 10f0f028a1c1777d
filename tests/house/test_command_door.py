"""How `parvis` meets whoever errs: alone it explains itself, and a fault names what to write instead."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from house.law import ROOT
from parvis.config.cli import main


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Return a function that runs `parvis` and gives its exit status and what it says."""

    def run(*given: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["parvis", *given])
        try:
            main()
        except SystemExit as ended:
            return ended.code, capsys.readouterr().err
        return 0, capsys.readouterr().out

    return run


def test_alone_it_explains_itself(said) -> None:
    status, text = said()

    assert status == 0
    assert "Usage : parvis" in text
    assert "serve" in text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["serv"], "La commande « serv » n'existe pas. Vouliez-vous dire « serve » ?"),
        (["simulate", "openfisca", "x.csv", "--period", "2024"], "Il manque --outputs RÉSULTATS."),
        (
            ["simulate", "openfisca", "x.csv", "--outputs", "a", "--period", "2024", "--rows", "5"],
            "La valeur donnée pour --rows NOMBRE ne convient pas.",
        ),
        (["serve", "--port", "http"], "La valeur donnée pour --port PORT ne convient pas."),
    ],
)
def test_a_fault_names_what_is_wrong(said, given: list[str], sentence: str) -> None:
    status, text = said(*given)

    assert (status, sentence in text) == (2, True), text


def test_a_base_that_is_not_up_to_date_is_said_in_a_sentence(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PARVIS_", "DJANGO_"))}
    there = {**kept, "PYTHONPATH": str(ROOT / "src"), "PARVIS_HOME": str(tmp_path)}
    words = [sys.executable, "-m", "parvis", "verify", "number", "1"]
    answer = subprocess.run(words, env=there, capture_output=True, text=True, check=False)

    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1), answer.stderr
    assert "« parvis serve » la met à jour" in answer.stderr
