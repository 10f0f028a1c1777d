"""What votes tell the other apps: whose a ballot is, while a poll's key tells it; and which count does not hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.urls import reverse

from parvis.core.actors.models import Actor
from parvis.core.processes.models import Contribution
from parvis.core.processes.voting.ballots import Form, nullifier
from parvis.core.processes.voting.models import Ballot, Poll

AT_ONCE = 500
"""Names asked of the database at once: SQLite takes no more than some thousand parameters."""


def carried(*, actor: Actor) -> Mapping[str, object]:
    """Return the votes that a person takes part in: each question, and the address of the receipt (RGPD, art. 15).

    Those whose key is destroyed are nobody's any more: their voters have kept their receipts.
    """
    polls = Poll.objects.exclude(key=None).exclude(ballots=0).order_by("pk").values_list("key", "question")
    questions = {nullifier(bytes(key), actor.pk): question for key, question in polls.iterator()}
    told = [
        {"vote": questions[ballot.nullifier], "recu": reverse("receipt", args=[ballot.receipt])}
        for ballot in _named(questions)
    ]
    return {"Votes et soutiens": told}


def contradicted() -> Iterator[str]:
    """Yield, in French, the closed polls that cannot be counted for good: their counters are not their ballots."""
    for poll in Poll.objects.to_tally().order_by("pk"):
        ballots, counts = poll.counted()
        if (ballots, counts) != (poll.ballots, poll.counts):
            yield (
                f"Le vote « {poll.slug} » n'est pas compté pour de bon : ses compteurs disent {poll.ballots} votes "
                f"{poll.counts}, et il y en a {ballots} {counts}. La base a été changée : « parvis verify poll "
                f"{poll.slug} » nomme ce qui ne tient pas, une sauvegarde le rend."
            )


def supporters(contributions: Sequence[Contribution]) -> Iterator[int]:
    """Yield the accounts that support some contributions, to tell them of an answer; one may come several times.

    A poll's ballots are held one poll at a time, and accounts are tried until each ballot has found its own.
    """
    polls = Poll.objects.exclude(key=None).filter(contribution__in=contributions, form=Form.SUPPORT, ballots__gt=0)
    accounts = list(Actor.objects.filter(is_active=True, confirmed_at__isnull=False).values_list("pk", flat=True))
    for poll in polls:
        names = set(Ballot.objects.filter(poll=poll).values_list("nullifier", flat=True))
        found = (account for account in accounts if nullifier(bytes(poll.key), account) in names)
        yield from islice(found, len(names))


def _named(names: Iterable[str]) -> Iterator[Ballot]:
    left = iter(names)
    while some := list(islice(left, AT_ONCE)):
        yield from Ballot.objects.filter(nullifier__in=some).order_by("receipt")
