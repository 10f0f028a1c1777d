"""What fictitious people say in the demonstration's debate: its pages are not empty, and two wordings conflict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from parvis.config import cast
from parvis.core.processes import actions as processes
from parvis.core.processes import subjects
from parvis.core.processes.models import Contribution, Process


@dataclass(frozen=True)
class Said:
    """What one of them says: on an article, or on what was said before."""

    author: int  # place among the cast's authors
    kind: str
    fields: Mapping[str, str]
    about: int = 0  # place, from 1, of what it bears on in SAID; 0: the first article


FORMER, FIRST, SECOND = (
    "diffusent publiquement en ligne",
    "publient en ligne, gratuitement,",
    "mettent en ligne et à jour",
)
"""Words of the first article of 2015, and two others for them: adopted together, they are a conflict."""

SAID = (
    Said(
        0, "wording", {"title": "Dire que la publication est gratuite", "reason": "Texte fictif : la gratuité se dit."}
    ),
    Said(
        1,
        "wording",
        {
            "title": "Dire que la publication est tenue à jour",
            "reason": "Texte fictif : rien ne sert un fichier périmé.",
        },
    ),
    Said(2, "opinion", {"side": "for", "reason": "Texte fictif : la publication par défaut épargne une demande."}),
    Said(
        2,
        "argument",
        {"side": "for", "text": "Texte fictif : un prix, même faible, écarte ceux qui réutilisent peu."},
        1,
    ),
    Said(
        1,
        "argument",
        {"side": "against", "text": "Texte fictif : la loi de 1978 le dit déjà pour certains documents."},
        1,
    ),
    Said(
        0, "comment", {"text": "Texte fictif : d'accord, si la fréquence de mise à jour est écrite dans un décret."}, 2
    ),
)


def seed(process: Process, *, at: datetime) -> int:
    """Let fictitious people contribute, unless someone already has; return how many contributions there are."""
    subject = subjects.opened(process.subject, process.subject_version)
    if process.received or subject is None:
        return process.received
    article = subject.units()[0]
    people = cast.authors(at=at)
    made: list[Contribution] = []
    for said in SAID:
        place = (
            {"parent": made[said.about - 1]} if said.about else {"unit": article.uid, "unit_version": subject.version}
        )
        fields = dict(said.fields)
        if said.kind == "wording":
            fields["wording"] = _reworded(article.words, (FIRST, SECOND)[said.author])
        made.append(
            processes.contribute(
                process=process, kind=said.kind, fields=fields, author=people[said.author], at=at, **place
            )
        )
    return len(made)


def _reworded(words: str, new: str) -> str:
    """Return an article with other words; one that has not the former ones gets these at its end."""
    return words.replace(FORMER, new, 1) if FORMER in words else f"{words} {new.capitalize()}."
