"""Shelves are filled once, loudly, whoever looks first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from parvis.core.discovery import DuplicateSlug, MissingConstant, Shelf

THING = """
from time import sleep
from types import SimpleNamespace
sleep(0.05)
THING = SimpleNamespace(slug={slug!r})
"""


@pytest.fixture
def room(tmp_path, monkeypatch):
    """Write a room whose modules declare what is asked; return its name."""

    def of(name: str, **modules: str) -> str:
        folder = tmp_path / name / "things"
        folder.mkdir(parents=True)
        for path in (tmp_path / name, folder):
            Path(path / "__init__.py").touch()
        for module, text in modules.items():
            (folder / f"{module}.py").write_text(text)
        monkeypatch.syspath_prepend(tmp_path)
        return name

    return of


def test_two_first_requests_at_once_find_the_same_whole_shelf(room):
    name = room("busy_room", one=THING.format(slug="one"), two=THING.format(slug="two"))
    shelf = Shelf("things", "THING", rooms=[name])
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: sorted(shelf.filled()), range(8)))
    assert found == [["one", "two"]] * 8


def test_two_things_of_one_name_stop_the_start(room):
    name = room("double_room", one=THING.format(slug="same"), two=THING.format(slug="same"))
    with pytest.raises(DuplicateSlug, match="« same » est déclaré deux fois"):
        Shelf("things", "THING", rooms=[name]).filled()


def test_a_module_that_declares_nothing_stops_the_start(room):
    name = room("empty_room", one="WORD = 1\n")
    with pytest.raises(MissingConstant, match="ne déclare pas THING"):
        Shelf("things", "THING", rooms=[name]).filled()
