"""What people write is received once, sealed without their words, edited as editions, withdrawn as a tombstone."""

import json

from parvis.core.ledger.models import Entry
from parvis.core.processes import actions

from datetime import UTC, datetime, timedelta

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DURING = AT + timedelta(days=3)
WORDING = {
    "title": "Des données libres",
    "wording": "Les administrations publient leurs documents et leurs données.",
    "reason": "Une donnée vaut un document.",
}


def test_a_contribution_is_numbered_and_sealed_without_its_words(debate, person):
    process = debate()
    made = actions.contribute(
        process=process, kind="wording", fields=WORDING, author=person(), unit="article-1", at=DURING
    )
    process.refresh_from_db()
    assert (made.number, process.received, made.state, made.title) == (1, 1, "published", "Des données libres")
    sealed = list(Entry.objects.about(stream="debats/loi-d-essai", key="contribution-1"))
    assert [entry.kind for entry in sealed] == ["contribution.received", "contribution.signed"]
    for entry in sealed:
        assert "Jeanne" not in entry.opening + bytes(entry.leaf).decode()
        assert "données libres" not in entry.opening + bytes(entry.leaf).decode()
    assert json.loads(sealed[0].hidden)["fields"] == WORDING
