"""Real texts: five bills, step by step, and a code at five dates."""

from itertools import pairwise
from pathlib import Path

import pytest

from core.texts.pure.wordings import bill_step, snapshot
from parvis.core.texts.documents import Document

BILLS = "workflows/law/bills"
SNAPSHOTS = "workflows/law/crpa"


@pytest.fixture(scope="session")
def bills(data: Path) -> dict[str, dict[str, Document]]:
    """Return each real bill's steps in their order, by the name of the step."""
    return {
        bill.name: {step.stem: bill_step(step) for step in sorted(bill.glob("steps/*.json"))}
        for bill in sorted((data / BILLS).iterdir())
    }


@pytest.fixture(scope="session")
def snapshots(data: Path) -> list[Document]:
    """Return the five snapshots of the code of relations between the public and the administration."""
    return [snapshot(path) for path in sorted((data / SNAPSHOTS).glob("*.jsonl"))]


@pytest.fixture(scope="session")
def successions(bills, snapshots) -> list[tuple[Document, Document]]:
    """Return every real pair of a version and the next."""
    return [
        pair for steps in [*(list(bill.values()) for bill in bills.values()), snapshots] for pair in pairwise(steps)
    ]
