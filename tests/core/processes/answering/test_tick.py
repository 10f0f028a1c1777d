"""`parvis tick`: what is due now is done once, and told."""

import fcntl
import os
import signal
import socket

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


@pytest.fixture
def answered(debate, wording):
    contribution = wording(debate())
    actions.answer(contributions=[contribution], fate="noted", reasons="Vu.", at=CLOSED, mandate=None)


@pytest.mark.usefixtures("answered")
def test_a_mail_server_that_is_down_stops_nothing_and_the_mails_leave_when_it_is_back(run, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # nobody listens there, and nobody else can
        settings.EMAIL_HOST, settings.EMAIL_PORT = held.getsockname()
        found = run()
    settings.EMAIL_BACKEND = backend
    assert (found.exit_code, "« Messages envoyés » n'a pas pu être fait" in found.output) == (1, True)
    assert (run().output, len(mail.outbox)) == ("Messages envoyés : 1\n", 1)


@pytest.mark.usefixtures("answered")
def test_what_fails_is_said_and_the_rest_is_done(run, settings, tmp_path):
    settings.PARVIS_HOME = tmp_path
    (tmp_path / "exports").write_text("Pas un dossier.")
    found = run()
    assert "« Exports de débats figés à nouveau » n'a pas pu être fait" in found.output
    assert (found.exit_code, len(mail.outbox)) == (1, 1)


@pytest.fixture
def signals():
    """Give back what a signal does to the tests."""
    kept = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, does in kept.items():
        signal.signal(name, does)


def breaks(*, at):
    raise TypeError("ce que personne n'avait prévu")


def test_an_error_that_nobody_foresaw_is_let_out_once_the_rest_is_done(answered, run, monkeypatch):
    monkeypatch.setattr(tick, "WORK", (("Casse", breaks), *tick.WORK))
    with pytest.raises(TypeError, match="personne"):
        run()
    assert len(mail.outbox) == 1


def test_whoever_stops_the_command_does_not_wait_for_the_other_jobs(answered, run, monkeypatch):
    def stopped(*, at):
        raise KeyboardInterrupt

    monkeypatch.setattr(tick, "WORK", (("Arrêt", stopped), *tick.WORK))
    run()
    assert mail.outbox == []


@pytest.mark.usefixtures("signals")
def test_a_round_that_breaks_ends_neither_the_next_nor_its_own_other_jobs(monkeypatch, tmp_path, capfd):
    """Rounds are processes: they leave files, and the second one stops the command that began them."""

    def note(*, at):
        rounds = len(list(tmp_path.iterdir())) + 1
        (tmp_path / str(rounds)).touch()
        if rounds == 2:
            os.kill(os.getppid(), signal.SIGTERM)
        return 0

    monkeypatch.setattr(tick, "WORK", (("Casse", breaks), ("Note", note)))
    monkeypatch.setattr(tick, "CHECKS", ())
    tick.run_until_stopped(1)
    said = capfd.readouterr().err
    assert len(list(tmp_path.iterdir())) == 2
    assert (said.count("TypeError: ce que personne"), said.count("par une erreur imprévue")) == (2, 2)


def test_two_at_once_do_not_send_twice(run, db):
    with (settings.PARVIS_HOME / "tick.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = run()
    assert (found.exit_code, "en cours" in found.output) == (0, True)
