"""The procurement register's small and real releases, as the register's own tests make them."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

SMALL = Path(__file__).parents[2] / "accountability" / "procurement" / "small.py"
SPEC = spec_from_file_location("procurement_small", SMALL)
small = module_from_spec(SPEC)
SPEC.loader.exec_module(small)


@pytest.fixture
def released(tmp_path):
    """Give a function that writes a release of these rows, and returns its folder."""
    return lambda contracts, suppliers=(): small.release(tmp_path / "release", contracts, suppliers)


@pytest.fixture(scope="session")
def real_folders(data, tmp_path_factory):
    """Return the release folders of three real files."""
    into = tmp_path_factory.mktemp("measured")
    return {name: small.read(data, name, into) for name in ("v1", "csv", "pes")}
