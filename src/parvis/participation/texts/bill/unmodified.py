"""What a chamber writes in place of words: « (Non modifié) », « (Supprimé) », « (Conforme) ». Kept, and resolved."""

import re
from dataclasses import asdict, dataclass, replace
from typing import Final

from parvis.core.texts.documents import Document, Passage

STATUSES: Final = {
    "none": "",
    "nouveau": "nouveau",
    "non modifié": "non modifié",
    "conforme": "conforme",
    "conformes": "conforme",
    "supprimé": "supprimé",
    "supprimés": "suppression conforme",
}
"""The source's word for an article's state, in the singular; « supprimés » is said by the second chamber to agree."""

UNTOUCHED: Final = frozenset({"non modifié", "conforme"})
IN_PLACE: Final = re.compile(r"\s*\(?\s*(?:non modifi|conforme|sans modification)[^\n]{0,20}", re.IGNORECASE)


@dataclass(frozen=True)
class Remark:
    """What was found in place of words, and the rule that answered it."""

    unit: str
    rule: str  # as-former: the former version's words; says-untouched: the source's; unknown-division: the one above
    written: str  # what the source writes there
    former: str  # slug of the former version
    sentence: str  # French

    @property
    def facts(self) -> dict[str, str]:
        return asdict(self)


def resolve(written: Document, before: Document, former: str) -> tuple[Document, list[Remark]]:
    """Give its words to each article said untouched and written without them; note those whose words differ."""
    resolved, remarks = [], []
    for passage in written.passages:
        words, remark = said(passage, before, former)
        resolved.append(replace(passage, words=words))
        remarks += [remark] if remark else []
    return Document(tuple(resolved)), remarks


def said(passage: Passage, before: Document, former: str) -> tuple[str, Remark | None]:
    """Return an article's words, and the remark that they call for."""
    if passage.status not in UNTOUCHED or passage.unit not in before:
        return passage.words, None
    words = before.passage(passage.unit).words
    if not passage.words or IN_PLACE.fullmatch(passage.words):
        return words, Remark(
            passage.unit, "as-former", passage.words, former,
            f"L'article {passage.number} est dit « {passage.status} » sans ses mots : il a ceux de l'étape d'avant.",
        )  # fmt: skip
    if passage.words != words:
        return passage.words, Remark(
            passage.unit, "says-untouched", "", former,
            f"L'article {passage.number} est dit « {passage.status} », mais la source donne d'autres mots que ceux de "
            "l'étape d'avant : les siens sont gardés.",
        )  # fmt: skip
    return passage.words, None


def unknown_division(passage: Passage, code: str) -> Remark:
    """Say that an article stands in a division that its file does not list."""
    return Remark(
        passage.unit, "unknown-division", code, "",
        f"L'article {passage.number} est placé dans la division « {code} », que cette étape ne liste pas : il est "
        "montré dans celle qui la contient.",
    )  # fmt: skip
