"""Small and real releases of the procurement register."""

import pytest

from accountability.procurement import small


@pytest.fixture
def seen(tmp_path):
    """Give a function that connects to one release made of these rows."""

    def connection(contracts, suppliers=(), communes=()):
        placed = [small.place(tmp_path / "communes", communes)] if communes else []
        return small.see(small.release(tmp_path / "release", contracts, suppliers), communes=placed)

    return connection


@pytest.fixture(scope="session")
def folders(data, tmp_path_factory):
    """Return the release folders of the real files, by short name."""
    into = tmp_path_factory.mktemp("releases")
    return {name: small.read(data, name, into) for name in small.FILES}


@pytest.fixture
def real(folders):
    """Give a function that connects to the releases of these real files."""
    return lambda *names: small.see(*(folders[name] for name in names))
