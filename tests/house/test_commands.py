"""The `parvis` command, as a person runs it: in its own process, with its own home."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import click
import pytest

from house.law import ROOT
from house.outside import free_port
from parvis.config.cli import NAMES, main, parvis
from parvis.config.serving import answers
from parvis.config.words import Word

PATIENCE = 1_800
"""Seconds that nothing takes: after them something is stuck, however busy the machine."""

WORDS = {name: parvis.get_command(click.Context(parvis), name) for name in NAMES}


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return deployment(tmp_path)


def deployment(folder: Path) -> dict[str, str]:
    """Return the environment of a deployment in an empty folder, on SQLite, without any real file."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PARVIS_", "DJANGO_"))},
        "PYTHONPATH": str(ROOT / "src"),
        "PARVIS_HOME": str(folder / "var"),
        "PARVIS_DATA": str(folder / "no-data"),
    }


def run(home: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "parvis", *words]
    return subprocess.run(command, env=home, capture_output=True, text=True, check=False, timeout=PATIENCE)


def test_the_promised_words_are_there() -> None:
    assert set(NAMES) >= {"demo", "serve", "load", "release", "measure", "review", "verify", "log", "bench"}


@pytest.mark.parametrize("name", NAMES)
def test_each_word_has_help_in_french_and_an_example_that_it_would_take(name: str) -> None:
    word = WORDS[name]
    context = click.Context(word, info_name=name)
    text = word.get_help(context)

    assert isinstance(word, Word)
    assert re.search(r"\b(le|la|les|un|une|des|du)\b", text)
    assert not re.search(r"Show this message|Usage: |\bdefault:|Options:\n\n", text)
    assert "Montre cette aide." in text
    # click refuses a wrong option or a missing argument when it reads the words, before anything is done.
    word.make_context(name, shlex.split(word.example)[2:])


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["nager"], 2, "« nager » n'existe pas"),
        (["load"], 2, "Il manque REGISTRE|ARCHIVE."),
        (["load", "procurement", "x", "--vite"], 2, "L'option « --vite » n'existe pas."),
        (["load", "piscines", "x.json"], 1, "« piscines » n'est ni un registre ni une archive. Registres connus :"),
        (["load", "procurement", "absent.json"], 1, "Le fichier « absent.json » n'existe pas"),
        (["engine", "install", "boule-de-cristal"], 1, "Aucun moteur ne se nomme « boule-de-cristal »"),
        (["verify", "number", "douze"], 1, "Aucun nombre publié ne porte l'identifiant « douze »"),
    ],
)
@pytest.mark.django_db
def test_a_refusal_is_a_sentence_and_a_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], status: int, sentence: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["parvis", *words])
    with pytest.raises(SystemExit) as ended:
        main()

    said = capsys.readouterr().err
    assert ended.value.code == status
    assert said.startswith("parvis : ")
    assert sentence in said


def test_a_refusal_is_all_that_a_person_reads(home: dict[str, str]) -> None:
    answer = run(home, "load", "piscines", "x.json")

    assert (answer.returncode, answer.stdout) == (1, "")
    assert re.fullmatch(r"parvis : « piscines » n'est .*\n", answer.stderr)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], str]:
    """Load the demonstration in an empty folder, once; return its environment and what was printed."""
    home = deployment(tmp_path_factory.mktemp("demo"))
    answer = run(home, "demo", "--load-only")
    assert answer.returncode == 0, answer.stderr
    return home, answer.stdout


@pytest.fixture
def demo(loaded: tuple[dict[str, str], str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the demonstration again, and return it with its address."""
    port = free_port()
    command = [sys.executable, "-m", "parvis", "demo", "--port", str(port)]
    with subprocess.Popen(
        command, env=loaded[0], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        yield process, f"http://127.0.0.1:{port}"
        process.kill()


def test_the_demonstration_loads_and_measures(loaded: tuple[dict[str, str], str]) -> None:
    printed = loaded[1]

    assert re.search(r"échantillon fictif .* : version [0-9a-f]{12} : ", printed)
    assert re.search(r"Mesures du plan : [1-9]\d* nombres figés", printed)


def test_the_demonstration_resumes_repeats_serves_seals_and_stops(
    demo: tuple[subprocess.Popen[str], str], loaded: tuple[dict[str, str], str]
) -> None:
    process, address = demo
    home, before = loaded
    printed = "".join(until(process, "sans mandat"))

    assert untimed(printed).startswith(untimed(before))
    assert re.search(r"equipe@parvis\.example +\S+ +\S", printed, re.MULTILINE)
    assert urlopen(f"{address}/plan/").status == 200
    assert "fictives" in urlopen(f"{address}/registres/procurement/").read().decode()
    assert waits_for(lambda: run(home, "log", "verify", f"{address}/journal/").returncode == 0)

    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(address.rsplit(":", 1)[1]))) != 0


def untimed(printed: str) -> str:
    return re.sub(r" \(\d+\.\d s\)", "", printed)


def until(process: subprocess.Popen[str], word: str) -> Iterator[str]:
    """Yield the lines that a process prints, up to the one that holds a word."""
    for line in process.stdout:
        yield line
        if word in line:
            return


def waits_for(condition) -> bool:
    limit = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.5)
    return True


def test_two_servers_do_not_share_a_port(home: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = run(home, "serve", "--port", str(taken.getsockname()[1]))

    assert answer.returncode == 1
    assert "est déjà pris" in answer.stderr


def test_a_site_killed_outright_leaves_no_process_behind(home: dict[str, str]) -> None:
    port = free_port()
    command = [sys.executable, "-m", "parvis", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=home, stdout=subprocess.PIPE, text=True) as process:
        assert any("est servi" in line for line in until(process, "est servi"))
        process.kill()

    assert waits_for(lambda: not answers("127.0.0.1", port))
