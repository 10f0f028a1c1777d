"""The permission matrix: every address and API operation has one row, and answers each role as the row says.

A row stands in the `grid.py` of its app's tests: `GRID = {"name": {role: status}}` for a GET, `"POST name"` for an
empty POST; house/roles.py has the rows of most. `def addresses() -> dict[str, dict]`, there, makes in the database
what parametrised addresses need, and returns their arguments by name.
"""

import runpy
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin import site
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from house.law import ROOT
from house.roles import ROLES

GRIDS = sorted((ROOT / "tests").rglob("grid.py"))
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Yield the names of all addresses, the administration's own left to a law of its own."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}"
        elif entry.namespace != site.name:
            yield from names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def rows() -> Counter[str]:
    """Count each address's rows in all grids, a GET's and a POST's being one."""
    return Counter(name for path in GRIDS for name in {row.removeprefix("POST ") for row in read(path)["GRID"]})


def read(path: Path) -> dict[str, Any]:
    return runpy.run_path(str(path))


def uneven(grid: dict[str, dict[str, int]]) -> list[str]:
    return [name for name, row in grid.items() if set(row) != set(ROLES)]


def clients() -> dict[str, Client]:
    """Return a client for each role, signed in, its mandate given."""
    from house.people import people

    made = {}
    for role, actor in people(at=AT).items():
        made[role] = Client()
        if actor:
            made[role].force_login(actor)
    return made


def answers(grid: dict[str, dict[str, int]], arguments: dict[str, dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Return what the site answers to each role at each address of a grid."""
    doors = clients()
    found: dict[str, dict[str, int]] = {}
    for row in grid:
        name = row.removeprefix("POST ")
        address = reverse(name, kwargs=arguments.get(name, {}))
        method = "post" if row.startswith("POST ") else "get"
        found[row] = {role: status(getattr(door, method)(address)) for role, door in doors.items()}
    return found


def status(response: HttpResponseBase) -> int:
    """Read a status and close the response's files: closing the response itself would close the test's database."""
    for close in response._resource_closers:
        close()
    return response.status_code


def differences(grid: dict[str, dict[str, int]], found: dict[str, dict[str, int]]) -> list[str]:
    return [
        f"{row}, {role}: {found[row][role]}, expected {grid[row][role]}"
        for row in grid
        for role in ROLES
        if found[row][role] != grid[row][role]
    ]


def test_every_address_has_one_row() -> None:
    assert rows() == Counter(set(names(get_resolver())))


@pytest.mark.django_db
@pytest.mark.parametrize("path", GRIDS, ids=[str(path.parent.relative_to(ROOT / "tests")) for path in GRIDS])
def test_each_role_gets_what_the_grid_says(path: Path) -> None:
    module = read(path)
    grid = module["GRID"]
    arguments = module["addresses"]() if "addresses" in module else {}

    assert uneven(grid) == []
    assert differences(grid, answers(grid, arguments)) == []


def test_a_wrong_grid_is_caught() -> None:
    row = dict.fromkeys(ROLES, 200)

    assert uneven({"home": {"anonymous": 200}}) == ["home"]
    assert differences({"home": row}, {"home": row | {"citizen": 403}}) == ["home, citizen: 403, expected 200"]


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_only_the_team_enters_the_administration() -> None:
    pages = [reverse("admin:index")]
    pages += [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in site._registry
    ]
    doors = clients()
    entered = {role: {door.get(page).status_code for page in pages} for role, door in doors.items()}

    assert {role: statuses for role, statuses in entered.items() if role not in {"steward", "admin"}} == {
        "anonymous": {302},
        "citizen": {302},
        "lead": {302},
        "reviewer": {302},
    }
    assert entered["admin"] == {200}
    assert entered["steward"] <= {200, 403}
    assert doors["steward"].get(pages[0]).status_code == 200
