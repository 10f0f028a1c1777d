"""`parvis tick`: what is due now is done once, and told."""

import fcntl

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.core import mail

from parvis.config.commands import tick
from parvis.core.ledger.models import Entry
from parvis.core.processes import actions as debates
from parvis.core.processes.answering import actions
from parvis.core.processes.models import Contribution

from .conftest import CLOSED, DURING


@pytest.fixture
def run():
    return lambda: CliRunner().invoke(tick.command, catch_exceptions=False)


def test_it_does_what_is_due_and_nothing_twice(run, debate, wording):
    contribution = wording(debate())
    first = run()
    assert (first.exit_code, "Échéances de réponse fixées : 1" in first.output) == (0, True)
    assert Contribution.objects.get().owner.slug == "ministere"
    actions.answer(contributions=[contribution], fate="noted", reasons="Vu.", at=CLOSED, mandate=None)
    assert "Messages envoyés : 1" in run().output
    count = Entry.objects.count()
    third = run()
    assert (third.output, Entry.objects.count(), len(mail.outbox)) == ("", count, 1)


def test_it_says_what_is_hidden_without_a_sealed_reason(run, debate, wording):
    debates.hide(contribution=wording(debate()), because="Sans décision.", at=DURING)
    found = run()
    assert found.exit_code == 1
    assert "masquée sans décision motivée" in found.output


def test_two_at_once_do_not_send_twice(run, db):
    with (settings.PARVIS_HOME / "tick.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = run()
    assert (found.exit_code, "en cours" in found.output) == (0, True)
