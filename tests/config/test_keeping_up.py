"""The site's log goes on where the database is held for long, or leaves."""

import pytest
from django.db import OperationalError

from parvis.config.commands import log
from parvis.core.ledger import actions

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_round_that_the_database_refuses_is_said_and_the_next_one_goes_on(monkeypatch, capsys) -> None:
    asked = []

    def refusing_once(*, at) -> None:
        asked.append(at)
        if len(asked) == 1:
            raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "sequence", refusing_once)
    log.keep_up()
    log.keep_up()

    assert len(asked) == 2
    assert capsys.readouterr().err.count("il reprend à la seconde suivante") == 1
