"""How the plan's tables lose the words of an act: they read « Contenu effacé » with the reason from then on."""

from datetime import datetime
from typing import Any

from parvis.core.ledger import actions as ledger
from parvis.core.ledger.erasing import tombstone
from parvis.core.ledger.models import Entry
from parvis.core.texts.models import Version
from parvis.core.undertakings.models import Claim, Milestone, Review, Undertaking, Verdict


def erase_claim(*, entry: Entry, because: str, **_: object) -> list[str]:
    """Destroy what a claim said, and its evidence's address: in its row, and in the reviews that took it up."""
    claim = Claim.objects.get(pk=entry.content["claim"])
    words = [claim.text, claim.evidence]
    claim.text, claim.evidence = tombstone(because), ""
    claim.save(update_fields=["text", "evidence"])
    return _leave_reviews(claim.undertaking.plan_id, [one for one in words if one], because)


def erase_withdrawal(*, entry: Entry, because: str, **_: object) -> list[str]:
    """Destroy why a claim was withdrawn."""
    claim = Claim.objects.get(pk=entry.content["claim"])
    claim.withdrawn_because = tombstone(because)
    claim.save(update_fields=["withdrawn_because"])
    return []


def erase_abandonment(*, entry: Entry, because: str, at: datetime) -> list[str]:
    """Destroy why a milestone was given up, also where it was sealed again as the milestone was taken up."""
    words = entry.content["because"]
    Milestone.objects.filter(key=entry.key, abandoned_because=words).update(abandoned_because=tombstone(because))
    about = Entry.objects.about(stream=entry.stream, key=entry.key)
    for resumed in about.filter(kind="milestone.resumed", erased_by=None):
        if resumed.content["abandoned_because"] == words:
            ledger.erase(entry=resumed, because=because, at=at)
    return []


def erase_verdict(*, entry: Entry, because: str, **_: object) -> list[str]:
    """Destroy the reasons of a verdict: in its row, and in the reviews that took it up. Its answers stay."""
    said = entry.content
    verdict = Verdict.objects.get(
        undertaking__plan__slug=entry.stream.removeprefix("plan/"),
        undertaking__code=Undertaking.code_of(entry.key),
        stage=said["stage"],
        reader=said["reader"],
    )
    words, verdict.reasons = verdict.reasons, tombstone(because)
    verdict.save(update_fields=["reasons"])
    return _leave_reviews(verdict.undertaking.plan_id, [words], because)


def _leave_reviews(plan: int, words: list[str], because: str) -> list[str]:
    """Take words out of the frozen reports of a plan; return the versions of its text that still hold them."""
    for review in Review.objects.filter(plan=plan):
        report = _without(review.report, words, tombstone(because))
        if report != review.report:
            review.report = report
            review.save(update_fields=["report"])
    return [
        f"texte « {version.text} », version « {version.title} »"
        for one in words
        for version in Version.objects.filter(passages__wording__body__contains=" ".join(one.split())).distinct()
    ]


def _without(thing: Any, words: list[str], instead: str) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(thing, dict):
        return {name: _without(value, words, instead) for name, value in thing.items()}
    if isinstance(thing, list):
        return [_without(value, words, instead) for value in thing]
    return instead if thing in words else thing
