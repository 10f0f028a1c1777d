"""Publish which models this site runs, and how many of their own cases pass, as releases of the register of models."""

import csv
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.timezone import localdate

from parvis.commons.registers.public_models import HERE
from parvis.commons.registers.public_models.reading import RUNNABLE
from parvis.core.registers import actions as registers
from parvis.core.registers.models import Release
from parvis.core.registers.shelf import REGISTERS
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting.calling import EngineNotInstalled, Host, host


def refresh(*, at: datetime) -> Release:
    """Publish the engines as they are; the same gives the same release.

    Not atomic by itself, as publishing a register is not.
    """
    with tempfile.TemporaryDirectory(prefix="parvis-") as folder:
        path = Path(folder) / "moteurs.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, RUNNABLE)
            table.writeheader()
            table.writerows(lines())
        return registers.publish(register=REGISTERS.filled()["models"], source=HERE, path=path, at=at)


def lines() -> Iterator[dict[str, object]]:
    """Yield one line an engine declared, installed or not, in the order of their names."""
    for slug in sorted(ENGINES.filled()):
        known = host(slug)
        room = known.declared.module.split(".")[1]
        yield {"engine": slug, "title": known.declared.title, "room": room, **as_installed(known)}


def as_installed(known: Host) -> dict[str, object]:
    """Say the version and the cases of an engine that is here."""
    try:
        card, score = known.card(), known.score()
    except EngineNotInstalled:
        return {"is_installed": "non"}
    found = {"is_installed": "oui", "version": card.version, "digest": card.digest, "engine_licence": card.licence}
    if score is None:
        return found
    return {
        **found,
        "cases_passed": score.passed,
        "cases_total": score.total,
        "cases_whole": "oui" if score.is_whole else "non",
        "cases_published": "oui" if known.declared.cases_published else "non",
        "cases_on": localdate(score.at),
    }
