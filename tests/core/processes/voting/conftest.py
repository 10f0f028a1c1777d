"""A debate with one proposal, people who vote on it, and a poll of its own in each mode."""

from datetime import timedelta

import pytest

from core.processes.conftest import AT, DURING

CLOSING = AT + timedelta(days=10)
FIELDS = {
    "title": "Publier les algorithmes",
    "text": "Que chaque algorithme public soit publié avec son mode d'emploi.",
}


@pytest.fixture
def home(settings, tmp_path):
    """Give the log a folder of its own."""
    settings.PARVIS_HOME = tmp_path
    return tmp_path


@pytest.fixture
def people(person):
    """Return a function that opens so many accounts."""
    return lambda count: [person(f"Personne{number}") for number in range(count)]


@pytest.fixture
def debate(db):
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions

    body = actors.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=AT)
    return actions.open_process(
        procedure="consultation", slug="essai", title="Une consultation", summary="Pour essayer.",
        organisation=body, starts_at=AT, at=AT,
    )  # fmt: skip


@pytest.fixture
def proposal(debate, person):
    from parvis.core.processes import actions

    return actions.contribute(process=debate, kind="proposal", fields=FIELDS, author=person("Jeanne"), at=DURING)


@pytest.fixture
def poll(debate):
    """Return a function that opens a poll of three options, by default a public one."""
    from parvis.core.processes.voting import actions

    def make(slug="couleur", mode="public", form="one", **more):
        given = {
            "question": "De quelle couleur ?",
            "options": {"vert": "Vert", "bleu": "Bleu", "gris": "Gris"},
            "opens_at": AT,
            "closes_at": CLOSING,
            "at": AT,
            **more,
        }
        return actions.open_poll(process=debate, slug=slug, mode=mode, form=form, **given)

    return make


@pytest.fixture
def cast():
    """Return a function that votes."""
    from parvis.core.processes.voting import actions

    def vote(poll, actor, *choice, at=DURING, key="", **more):
        return actions.cast(poll=poll, actor=actor, choice=choice, idempotency_key=key, at=at, **more)

    return vote


@pytest.fixture
def publish(home):
    """Return a function that gives what waits its place in the log."""
    from parvis.core.ledger import actions as ledger

    return lambda at=DURING: ledger.sequence(at=at)


@pytest.fixture
def exported(publish):
    """Return a function that publishes, then gives the lines of a poll's export."""
    from parvis.core.processes.voting.counting import actions as counting

    def lines(poll, *, at=DURING, is_opened=False):
        publish(at)
        return list(counting.export(poll=poll, is_opened=is_opened))

    return lines


@pytest.fixture
def at():
    return DURING


@pytest.fixture
def keep():
    """Return a function that does what `parvis tick` does for votes, and says how many of each."""
    from parvis.core.processes.voting.counting import actions as counting

    def done(at):
        return counting.close_due(at=at), counting.tally_due(at=at), counting.destroy_due_keys(at=at)

    return done
