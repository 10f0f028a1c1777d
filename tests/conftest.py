"""What every test may ask for. Settings are in settings_in_tests.py; options are in pyproject.toml."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

if TYPE_CHECKING:
    from parvis.core.simulators.hosting.calling import Host
from xdist.scheduler.loadscope import LoadScopeScheduling

from browser.seeing import PATIENCE

MISSING = (
    "Le dossier de données « {folder} » est absent. Les essais sur fichiers réels le demandent : posez-le à côté du "
    "projet (../shared/data), ou donnez son adresse dans la variable PARVIS_DATA."
)


FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
)
NO_BROWSER = "Chromium est absent : installez le paquet Debian « chromium »."

TOGETHER = {"tests/browser/": "demonstration", "tests/foreign/": "judges"}
"""Folders whose files share one process: a demonstration, the programs that judge the log."""

LONGEST = (
    "tests/browser/",
    "tests/commons/engines/openfisca/test_fast.py",
    "tests/house/test_commands.py",
    "tests/core/simulators/api/test_openfisca.py",
    "tests/foreign/",
    "tests/core/registers/pages/",
    "tests/core/processes/voting/test_storm.py",
    "tests/core/processes/voting/test_race.py",
    "tests/accountability/procurement/",
)
"""What begins first: begun last, it would keep one process at work while the other has nothing left to do."""

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "site"}

# An example that takes long says that the machine is busy, not that the property is false.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run what opens it: what opens no database cannot differ between two, `make test` has run it.

    Within what takes long, and within the rest, the order is random.
    """
    if os.environ.get("PARVIS_DATABASE", "").startswith("postgresql:"):
        left = [item for item in items if not opens_database(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if opens_database(item)]
    items.sort(key=turn)


def turn(item: pytest.Item) -> int:
    return next((rank for rank, part in enumerate(LONGEST) if part in item.nodeid), len(LONGEST))


class Together(LoadScopeScheduling):
    """Keep a file's tests in one process, and files that share a costly thing.

    xdist's own groups (3.8) do nothing under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, _ = nodeid.partition("::")
        return next((group for part, group in TOGETHER.items() if part in file), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    config.option.loadscopereorder = False  # our own order stands: the longest first, not the most numerous
    return Together(config, log)


def opens_database(item: pytest.Item) -> bool:
    """Whether a test's outcome may depend on the database: what pages look like, once read, does not."""
    asked = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("once") or "seen" in asked:
        return False
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & asked)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Refuse skipped tests in CI: what was not run was not shown to hold."""
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome, report.longrepr = "failed", f"skipped in CI: {call.excinfo and call.excinfo.value}"
    return report


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder of real files; its absence fails in CI, and is said elsewhere."""
    from django.conf import settings

    folder = Path(settings.PARVIS_DATA).resolve()
    if not folder.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING.format(folder=folder))
    return folder


@pytest.fixture(scope="session")
def openfisca() -> Iterator["Host"]:
    """OpenFisca-France, as a site has it: installed once, and asked in its own process."""
    yield from engine("openfisca")


@pytest.fixture(scope="session")
def fair() -> Iterator["Host"]:
    """FaIR, as a site has it."""
    yield from engine("fair")


def engine(slug: str) -> Iterator["Host"]:
    from parvis.core.simulators.hosting import installing, keeping
    from parvis.core.simulators.hosting.calling import host

    installing.install(host(slug).declared, tell=lambda _step: None)
    yield host(slug)
    keeping.stop(host(slug))


@pytest.fixture(autouse=True)
def fresh_log() -> None:
    """Forget the log's tiles: a test's database is rolled back, and a log that lost entries would rightly complain."""
    from django.conf import settings

    shutil.rmtree(settings.PARVIS_HOME / "log", ignore_errors=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, through playwright, for one file: while it lives, its loop forbids Django's database."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail(NO_BROWSER)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
