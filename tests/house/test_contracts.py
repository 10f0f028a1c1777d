"""Who may know whom: the project keeps its contracts, and each, broken on purpose in a copied tree, is caught."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from house.law import DJANGO_NAMES, ROOT

ROOMS = "Config over rooms, rooms over the core, no room knows another"
CORE = "Measuring over things, things over actors, actors over proof, proof over grammar"
DJANGO = "Django enters only through the files that bear its names"
TABLES = "Tables are known to actions, views, forms, API, queries, admin and commands only"

# (contract, file to break, line to add): what the contract's name forbids, one way each
BREAKS = (
    (ROOMS, "participation/x.py", "import parvis.accountability.apps"),
    (ROOMS, "core/errors.py", "import parvis.plan.apps"),
    (ROOMS, "plan/x.py", "import parvis.config.environment"),
    (ROOMS, "justice/__init__.py", "a = 1"),
    (CORE, "core/ledger/x.py", "import parvis.core.registers.register"),
    (CORE, "core/registers/x.py", "import parvis.core.undertakings.indicators"),
    (CORE, "core/actors/x.py", "import parvis.core.registers.register"),
    (CORE, "core/errors.py", "import parvis.core.discovery"),
    (CORE, "core/drawer/__init__.py", "a = 1"),
    (DJANGO, "core/errors.py", "import django.utils.timezone"),
    (DJANGO, "core/registers/x.py", "from django.db import connection"),
    (TABLES, "core/ledger/x.py", "import parvis.core.ledger.models"),
)


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--no-cache",
        "--config",
        str(ROOT / "pyproject.toml"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_the_project_keeps_its_contracts() -> None:
    answer = lint(ROOT)

    assert answer.returncode == 0, answer.stdout
    assert "0 broken" in answer.stdout


def test_no_folder_bears_a_name_that_excuses_its_modules_from_contracts_and_types() -> None:
    folders = (path for path in (ROOT / "src").rglob("*/__init__.py") if path.parent.name in DJANGO_NAMES)

    assert [str(path.parent.relative_to(ROOT)) for path in folders] == []


@pytest.mark.parametrize(("contract", "name", "line"), BREAKS)
def test_a_broken_contract_is_caught(contract: str, name: str, line: str, tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=lambda folder, names: {n for n in names if not is_code(folder, n)}
    )
    broken = tmp_path / "src" / "parvis" / name
    broken.parent.mkdir(exist_ok=True)
    with broken.open("a") as file:
        file.write(f"\n{line}\n")

    answer = lint(tmp_path)

    assert answer.returncode == 1
    assert f"{contract} BROKEN" in answer.stdout
    assert name.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".") in answer.stdout


def is_code(folder: str, name: str) -> bool:
    return name.endswith(".py") or (Path(folder) / name).is_dir()
