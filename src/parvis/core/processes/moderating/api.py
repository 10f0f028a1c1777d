"""What is asked of moderation: whose debates a mandate moderates; has every hidden contribution its statement?"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet

from parvis.core.actors.models import Mandate, Organisation
from parvis.core.ledger.models import Entry
from parvis.core.processes.models import Contribution
from parvis.core.processes.moderating.models import Decision


def moderated(mandates: Iterable[Mandate], *, on: date) -> QuerySet[Organisation]:
    """Return the bodies whose debates these mandates let one moderate.

    A body's moderators moderate the debates that it holds; those of the team, which is the body that gives mandates,
    moderate all of them.
    """
    own = {one.organisation_id for one in mandates}
    is_of_team = Mandate.objects.filter(organisation__in=own).opening("mandate.grant").valid(on=on).exists()
    return Organisation.objects.all() if is_of_team else Organisation.objects.filter(pk__in=own)


def reaches(mandate: Mandate, contributions: Iterable[Contribution], *, on: date) -> bool:
    """Whether a mandate lets one moderate all these contributions."""
    holders = {one.process.organisation_id for one in contributions}
    return moderated([mandate], on=on).filter(pk__in=holders).count() == len(holders)


def unexplained() -> Iterator[str]:
    """Yield, in French, what each hidden contribution lacks: VOTE-7, asked by `parvis tick` and by a test."""
    hidden = Contribution.objects.filter(state=Contribution.State.HIDDEN).select_related("process").order_by("pk")
    for one in hidden.iterator(chunk_size=500):
        made = Decision.objects.filter(contribution=one, outcome=Decision.Outcome.HIDDEN).order_by("-number").first()
        if made is None or not made.facts or not made.rule:
            yield f"{one} est masquée sans décision motivée."
            continue
        sealed = Entry.objects.about(stream=one.process.stream, key=one.key).filter(kind="moderation.decided")
        if not any(entry.content and entry.content["decision"] == made.number for entry in sealed):
            yield f"{one} est masquée par la {made}, qui n'est pas scellée au journal."
