"""What others may ask of moderation: does every hidden contribution have its statement, sealed?"""

from collections.abc import Iterator

from parvis.core.ledger.models import Entry
from parvis.core.processes.models import Contribution
from parvis.core.processes.moderating.models import Decision


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
