"""Processes of engines: how they start, who may reach them, what they are told, and when they leave."""

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.simulators.conftest import TINY, running
from core.simulators.hosting.asking import PATIENCE, asked, becomes_true, count, pid, values
from house.law import ROOT
from parvis.config.serving import THREADS, WORKERS
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting import installing, keeping, places, starting
from parvis.core.simulators.hosting.calling import EngineBusy, EngineNotInstalled, EngineStopped, Host
from parvis.core.simulators.hosting.exchanging import Parcel
from parvis.core.simulators.hosting.installing import InstallationFailed
from parvis.core.simulators.hosting.places import Unsettled
from parvis.core.simulators.hosting.queueing import ENTRY_BYTES, MOST_WAITING, STORE_BYTES, Job, Store, Waiting
from parvis.core.simulators.hosting.wire import MARK, SIZES, pack, receive


def told(host: Host, data: bytes) -> dict:
    """Send bytes to the engine's process; return the header of its answer."""
    sock = starting.connected(host.address)
    with sock:
        sock.settimeout(PATIENCE)
        sock.sendall(data)
        return receive(sock).header


def frame_of(header: bytes, payload: bytes = b"") -> bytes:
    return SIZES.pack(MARK, len(header), len(payload)) + header + payload


TABLE = {"person": {"count": 1, "columns": [["earned", "2024"]], "groups": []}}
QUESTION = {
    "word": "evaluate",
    "identity": "x",
    "engine": "tiny",
    "outputs": ["benefit"],
    "period": "2024",
    "changes": [],
    "table": TABLE,
    "arrays": [["<f4", 1, 4]],
}


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        SIZES.pack(MARK, 2**31, 0),
        SIZES.pack(MARK, 10, 2**40),
        frame_of(b"\xff\xfe"),
        frame_of(b"[]"),
        frame_of(b'{"word": "read_my_files"}'),
        frame_of(b'{"word": ["evaluate"]}'),
        frame_of(b'{"word": "evaluate"}'),
        frame_of(json.dumps({**QUESTION, "table": {"person": {"count": "many"}}}).encode()),
        frame_of(json.dumps(QUESTION).encode()),  # its arrays are missing
        frame_of(json.dumps({**QUESTION, "arrays": [["O", 1, 8]]}).encode(), bytes(16)),
        frame_of(json.dumps({**QUESTION, "arrays": [["<f4", 4, 16]]}).encode(), bytes(16)),
        frame_of(json.dumps({**QUESTION, "changes": [{"parameter": "rate"}]}).encode(), bytes(16)),
        frame_of(json.dumps({**QUESTION, "changes": 3}).encode(), bytes(16)),
    ],
)
def test_a_malformed_frame_is_refused_and_the_process_goes_on(tiny: Host, data: bytes) -> None:
    values(tiny, 1.0)
    before = keeping.status(tiny)

    assert told(tiny, data)["refused"] in {"WrongFrame", "TooLarge"}
    after = keeping.status(tiny)
    assert (after["pid"], after["hands"]) == (before["pid"], before["hands"])


def test_a_frame_that_stops_halfway_is_forgotten(tiny: Host) -> None:
    whole = pack(QUESTION, [np.ones(1, "f4")])
    values(tiny, 1.0)

    before = keeping.status(tiny)
    for size in (3, 20, len(whole) - 1):
        with starting.connected(tiny.address) as sock:
            sock.sendall(whole[:size])

    assert values(tiny, 2.0) == [1.0]
    assert keeping.status(tiny)["asked"] == before["asked"] + 1


def test_only_the_owner_reaches_an_engine(tiny: Host) -> None:
    values(tiny, 1.0)

    assert stat.S_IMODE(tiny.address.stat().st_mode) == 0o600
    assert stat.S_IMODE(tiny.address.parent.stat().st_mode) == 0o700


def test_a_meeting_folder_open_to_others_is_refused() -> None:
    folder = places.meeting_folder()
    folder.chmod(0o755)
    try:
        with pytest.raises(Unsettled, match="chmod 700"):
            places.meeting_folder()
    finally:
        folder.chmod(0o700)


def test_an_engine_is_told_no_secret_of_the_site() -> None:
    os.environ.update(
        PARVIS_SECRET_KEY="secret", PARVIS_DATABASE="postgresql://a:secret@b/c", PARVIS_TINY_MODE="stock"
    )
    try:
        given = installing.environment("tiny")
    finally:
        for name in ("PARVIS_SECRET_KEY", "PARVIS_DATABASE", "PARVIS_TINY_MODE"):
            del os.environ[name]

    assert "secret" not in str(given)
    assert given["PARVIS_TINY_MODE"] == "stock"
    assert given["OMP_NUM_THREADS"] == "1"


def test_what_fetches_libraries_is_told_where_they_are_and_no_secret_of_the_site(tmp_path: Path) -> None:
    told = {"PARVIS_SECRET_KEY": "secret", "PIP_INDEX_URL": "https://paquets.example/", "HTTPS_PROXY": "relais:3128"}
    kept = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        given = installing.fetching()
    finally:
        os.environ.update({name: value for name, value in kept.items() if value is not None})
        for name in [name for name, value in kept.items() if value is None]:
            del os.environ[name]

    assert "secret" not in str(given)
    assert {name: given[name] for name in told if name in given} == dict(list(told.items())[1:])
    assert given["PATH"] == os.environ["PATH"]


def test_an_engine_that_lies_in_a_folder_named_uv_is_told_no_secret_either(copied: tuple[Host, Path]) -> None:
    """What runs is never guessed from its path: « /srv/gouv/ » holds « uv »."""
    host, path = copied
    seen = path.with_name("seen")
    path.write_text(path.read_text() + f"open({str(seen)!r}, 'w').write(str(dict(os.environ)))\n")
    os.environ["PARVIS_SECRET_KEY"] = "secret-of-the-site"
    try:
        installing.install(replace(host.declared, slug="gouv-uv"), tell=lambda _step: None)
    finally:
        del os.environ["PARVIS_SECRET_KEY"]

    assert "PARVIS_DATA" in seen.read_text()
    assert "secret-of-the-site" not in seen.read_text()


RACER = """
import sys
from pathlib import Path
sys.path[:0] = {paths!r}
from core.simulators.conftest import TINY
from core.simulators.hosting.asking import pid, values
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.hosting.places import Places, settle
settle(Places(*map(Path, sys.argv[1:])))
host = Host(TINY)
print(values(host, 10.0), pid(host))
"""


def test_several_processes_that_start_an_engine_together_start_one(tiny: Host, tmp_path: Path) -> None:
    known = places.places()
    script = RACER.format(paths=[str(ROOT / "src"), str(ROOT / "tests")])
    words = [sys.executable, "-c", script, str(tmp_path), str(known.engines), str(known.data)]
    racers = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = {racer.communicate(timeout=120)[0].strip() for racer in racers}

    assert len(said) == 1
    assert said.pop().startswith("[5.0] ")


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[tuple[Host, Path]]:
    """The tests' engine, as a module that a test may rewrite."""
    path = tmp_path / "rewritten" / "model.py"
    path.parent.mkdir()
    path.write_text((Path(__file__).parent / "engines" / "tiny.py").read_text())
    sys.path.insert(0, str(tmp_path))
    for host in running(Host(replace(TINY, slug="rewritten", module="rewritten.model"))):
        yield host, path
    sys.path.remove(str(tmp_path))


def test_changed_code_never_meets_an_old_process(copied: tuple[Host, Path]) -> None:
    old, path = copied
    assert values(old, 10.0) == [5.0]
    path.write_text(path.read_text().replace("RATE = 0.5", "RATE = 0.25").replace('version="1"', 'version="2"'))
    fresh = Host(old.declared)

    assert values(old, 20.0) == [10.0], "a process that runs goes on with the rules it has"
    assert values(fresh, 10.0) == [2.5]
    assert fresh.card().version == "2"
    assert becomes_true(lambda: starting.connected(old.address) is None), "the old one is told to leave"
    outcome = old.evaluate(asked("benefit", 10.0))
    assert outcome.columns[("benefit", "2024")].tolist() == [2.5], "who asked the old one meets the new"
    assert outcome.identity == fresh.identity(asked("benefit", 10.0))


def test_a_process_that_nobody_asks_leaves() -> None:
    for host in running(Host(replace(TINY, slug="idler", idle=2))):
        values(host, 1.0)
        assert becomes_true(lambda host=host: not host.address.exists())
        assert values(host, 2.0) == [1.0]


def test_a_process_whose_folder_is_gone_leaves(tiny: Host) -> None:
    values(tiny, 1.0)
    before = pid(tiny)
    tiny.address.unlink()

    assert values(tiny, 2.0) == [1.0]
    assert pid(tiny) != before
    assert becomes_true(lambda: not Path(f"/proc/{before}").exists())


def test_a_process_that_is_told_to_stop_answers_first(tiny: Host, tmp_path: Path) -> None:
    given, gate = [], tmp_path / "held"
    gate.touch()
    question = asked("held", 10.0, said=str(gate))
    thread = threading.Thread(target=lambda: given.append(tiny.evaluate(question, anew=True)))
    before = pid(tiny)
    thread.start()
    assert becomes_true(lambda: count(tiny, "busy") == 1)

    assert keeping.stop(tiny)
    gate.unlink()
    thread.join(PATIENCE)
    assert [outcome.columns[("held", "2024")].tolist() for outcome in given] == [[5.0]]
    assert pid_after(tiny) != before


def pid_after(host: Host) -> int:
    values(host, 1.0)
    return pid(host)


def test_an_engine_that_is_kept_starts_with_the_site_again_if_killed_and_ends_with_it(tiny: Host) -> None:
    keeping.stop(tiny)
    assert becomes_true(lambda: keeping.status(tiny) is None)
    with keeping.kept([tiny]):
        assert becomes_true(lambda: keeping.status(tiny) is not None)
        first = pid(tiny)
        os.kill(first, 9)
        assert becomes_true(lambda: (keeping.status(tiny) or {"pid": first})["pid"] != first)
    assert becomes_true(lambda: keeping.status(tiny) is None)


def test_who_keeps_an_engine_starts_the_code_as_it_is_by_then(copied: tuple[Host, Path]) -> None:
    old, path = copied
    values(old, 10.0)
    with keeping.kept([old]):
        first = pid(old)
        path.write_text(path.read_text().replace("RATE = 0.5", "RATE = 0.25"))
        fresh = Host(old.declared)
        os.kill(first, 9)
        assert becomes_true(lambda: keeping.status(fresh) is not None)
    assert becomes_true(lambda: keeping.status(fresh) is None)


def test_a_visitor_is_not_told_where_the_site_lies(copied: tuple[Host, Path]) -> None:
    host, path = copied
    path.write_text(path.read_text() + "sys.exit() if 'serving' in sys.argv[0] else None\n")

    with pytest.raises(EngineStopped, match=r"« rewritten\.log »") as refused:
        values(Host(host.declared), 1.0)
    assert "/" not in str(refused.value)


def test_a_queue_is_bounded() -> None:
    waiting = Waiting()
    jobs = [Job(None, Parcel({"word": "evaluate"}, memoryview(b""), ()), "", 1, 0.0) for _ in range(MOST_WAITING)]
    for job in jobs:
        waiting.add(job, held=0)

    with pytest.raises(EngineBusy, match="revenez"):
        waiting.add(jobs[0], held=0)
    waiting.drop(jobs[:2])
    waiting.add(jobs[0], held=1)
    with pytest.raises(EngineBusy, match="revenez"):
        waiting.add(jobs[1], held=1)


def test_engines_that_are_all_full_leave_threads_to_the_other_pages() -> None:
    assert len(ENGINES.filled()) * MOST_WAITING < WORKERS * THREADS * 2 / 3


def test_what_is_kept_of_small_answers_is_bounded_too() -> None:
    store = Store()
    for number in range(STORE_BYTES // ENTRY_BYTES):
        store.keep(f"{number}", {"identity": "x"}, memoryview(b"1"))

    assert store.get("0") is None
    assert store.get(f"{number}") == ({"identity": "x"}, b"1")


def test_what_is_not_installed_says_how_to(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("numpy==1")
    absent = Host(replace(TINY, slug="absent", requirements=tmp_path / "requirements.txt"))

    assert not absent.is_installed
    with pytest.raises(EngineNotInstalled, match="« parvis engine install absent »"):
        absent.card()
    assert not keeping.stop(absent)


def test_an_installation_that_fails_says_why_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("a list that is none !!\n")
    engine = replace(TINY, slug="unreadable", requirements=tmp_path / "requirements.txt")
    steps: list[str] = []

    with pytest.raises(InstallationFailed, match="ne s'installe pas"):
        installing.install(engine, tell=steps.append)
    assert steps == ["bibliothèques"]
    assert [path.name for path in (places.places().engines / "unreadable").iterdir()] == ["lock"]


def test_a_folder_that_cannot_hold_engines_is_refused_with_what_to_do(tmp_path: Path) -> None:
    known = places.places()
    (tmp_path / "engines").write_text("a file")
    places.settle(replace(known, engines=tmp_path / "engines"))
    try:
        with pytest.raises(InstallationFailed, match="PARVIS_ENGINES"):
            installing.install(TINY, tell=lambda _step: None)
    finally:
        places.settle(known)


def test_what_former_code_left_is_removed_a_day_after(tiny: Host) -> None:
    folder = tiny.engine.prepared.parent
    for name, age in (("prepared-old", 2 * 86_400), ("prepared-late", 3_600)):
        (folder / name).mkdir(exist_ok=True)
        then = (folder / "lock").stat().st_mtime - age
        os.utime(folder / name, (then, then))
    installing.install(tiny.declared, tell=lambda _step: None)

    assert tiny.engine.prepared.is_dir()
    assert [(folder / name).exists() for name in ("prepared-old", "prepared-late")] == [False, True]


def test_what_a_process_was_started_from_lately_is_not_removed(tiny: Host) -> None:
    parts, lock = tiny.engine, tiny.engine.prepared.parent / "lock"
    then = lock.stat().st_mtime - 2 * 86_400
    os.utime(parts.prepared, (then, then))
    keeping.stop(tiny)
    assert becomes_true(lambda: keeping.status(tiny) is None)
    values(tiny, 1.0)
    installing.forget_former(replace(parts, prepared=parts.prepared.with_name("prepared-of-newer-code")))

    assert parts.prepared.is_dir()


def test_a_home_whose_path_is_long_meets_elsewhere_and_privately(tmp_path: Path) -> None:
    known = places.places()
    places.settle(replace(known, home=tmp_path / ("d" * 90)))
    try:
        folder = places.meeting_folder()
    finally:
        places.settle(known)
    assert len(bytes(folder)) < 60
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()


def test_what_cannot_be_prepared_is_not_tried_again_by_each_visitor(copied: tuple[Host, Path]) -> None:
    host, path = copied
    tried = path.parents[1] / "tried"
    path.write_text(f"open({str(tried)!r}, 'a').write('x')\nraise OSError\n")

    for _ in range(3):
        with pytest.raises(InstallationFailed, match="« parvis engine install rewritten »") as refused:
            Host(host.declared).card()
        assert str(path) not in str(refused.value)
    assert tried.read_text() == "x"
    with pytest.raises(InstallationFailed, match="OSError"):
        installing.install(host.declared, tell=lambda _step: None)
