"""What the demonstration has not lived yet: a debate with votes, an answer, a contest, a decision and its appeal.

Run by itself on a home that `parvis demo` filled: `python living.py`, with the settings' name in the environment.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402 -- Django first

from parvis.core.actors.models import Actor, Mandate  # noqa: E402
from parvis.core.processes import actions as processes  # noqa: E402
from parvis.core.processes import subjects  # noqa: E402
from parvis.core.processes.answering import actions as answering  # noqa: E402
from parvis.core.processes.answering.assigning import actions as assigning  # noqa: E402
from parvis.core.processes.models import Contribution, Process  # noqa: E402
from parvis.core.processes.moderating import actions as moderating  # noqa: E402
from parvis.core.processes.opening import actions as opening  # noqa: E402
from parvis.core.processes.procedures import Dates  # noqa: E402
from parvis.core.processes.voting import actions as voting  # noqa: E402

LIVE = "republique-numerique-demonstration"
LIVED = "debat-vecu"
KEYBOARD = "debat-clavier"
"""The debate that test_debates.py walks by the keyboard: the demonstration's own may be closed by then."""

HOSTILE = "debat-hostile"
"""The debate in which test_payloads.py writes."""

QUESTIONS = [{"name": "libre", "title": "Que faut-il écrire ?", "type": "text"}]


def live(at: datetime) -> None:
    """Open three debates beside the demonstration's, and live one to its answers."""
    debate(KEYBOARD, "cowriting", at)
    debate(HOSTILE, "consultation", at, questions=QUESTIONS)
    process = debate(LIVED, "cowriting", at)
    subject = subjects.opened(process.subject, process.subject_version)
    article = subject.units()[1]
    place = {"unit": article.uid, "unit_version": subject.version}
    write = writer(process, at)
    words = f"Chacun peut relire la loi. {article.words}"
    said = {"title": "Commencer par le droit de relire", "wording": words, "reason": "Texte fictif."}
    wording = write("citoyenne", "wording", said, **place)
    write("citoyen", "proposal", {"title": "Publier un bilan", "text": "Texte fictif.", "reason": ""})
    insult = write("citoyen", "comment", {"text": "Texte fictif, à masquer."}, **place)
    vote(wording, at)
    answer(wording, [{"contribution": wording.number, "unit": article.uid, "words": words}], at)
    moderate(insult, at)
    voting.open_poll(
        process=process, slug="vote-dehors", question="Faut-il publier ce texte ?",
        options={"oui": "Oui", "non": "Non"}, form="one", mode="outside",
        opens_at=at, closes_at=at + timedelta(days=9), at=at, mandate=mandate("equipe"),
    )  # fmt: skip
    close_first_phase(process, at)


def debate(slug: str, procedure: str, at: datetime, **metadata: object) -> Process:
    """Open a debate on the text of the demonstration's own."""
    model = Process.objects.get(slug=LIVE)
    return processes.open_process(
        procedure=procedure, slug=slug, title=f"Essai : {slug}", summary="Texte fictif.",
        organisation=model.organisation, subject=model.subject, subject_version=model.subject_version,
        starts_at=at - timedelta(days=2), metadata={"territory": "France", **metadata}, is_fictitious=True,
        at=at, mandate=mandate("equipe"),
    )  # fmt: skip


def person(name: str) -> Actor:
    return Actor.objects.get(email=f"{name}@parvis.example")


def mandate(name: str) -> Mandate:
    return Mandate.objects.filter(actor=person(name)).order_by("pk").first()


def writer(process: Process, at: datetime) -> Callable[..., Contribution]:
    def write(who: str, kind: str, fields: dict[str, str], **place: object) -> Contribution:
        return processes.contribute(process=process, kind=kind, fields=fields, author=person(who), at=at, **place)

    return write


def vote(about: Contribution, at: datetime) -> None:
    poll = voting.poll_on(contribution=about, form="opinion", at=at)
    voting.cast(poll=poll, actor=person("citoyen"), choice=["for"], idempotency_key="", at=at)


def answer(about: Contribution, words: list[dict[str, object]], at: datetime) -> None:
    """Adopt in part, then let the author contest."""
    reasons = "Texte fictif : la phrase entre dans le texte."
    agent = mandate("agente")
    answering.answer(contributions=[about], fate="partly", reasons=reasons, words=words, at=at, mandate=agent)
    answering.contest(contribution=about, because="Texte fictif.", author=person("citoyenne"), at=at)


def moderate(about: Contribution, at: datetime) -> None:
    """Report, hide, appeal: the moderator who decides the appeal is someone else."""
    moderating.report(contribution=about, rule="hors-sujet", text="", reporter=person("citoyenne"), at=at)
    ruling = moderating.Ruling("hidden", "hors-sujet", "Texte fictif : la contribution ne parle pas de l'article.")
    made = moderating.decide(contributions=[about], ruling=ruling, at=at, mandate=mandate("moderatrice"))
    moderating.appeal(decision=made[0], because="Texte fictif.", author=about.author, at=at)


def close_first_phase(process: Process, at: datetime) -> None:
    """Close it now: what it promised to answer gets its date and its owner."""
    phases = list(process.phases.order_by("position"))
    dates = [Dates(one.step, at if place == 1 else one.opens_at, at if place == 0 else one.closes_at)
             for place, one in enumerate(phases)]  # fmt: skip
    opening.reschedule(process=process, dates=dates, because="Texte fictif.", at=at, mandate=mandate("equipe"))
    assigning.assign_due(process=process, at=at)


if __name__ == "__main__":
    live(timezone.now())  # each act in a transaction of its own: the log's sequencer, which waits 20 s, comes between
