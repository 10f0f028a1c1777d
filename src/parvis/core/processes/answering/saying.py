"""What an answer must say to be one: a fate, a reason, and a proof of what it is said to have changed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from parvis.core.errors import ParvisError
from parvis.core.processes.kinds import KINDS, FieldType

LONGEST: Final = 20_000
CHANGING: Final = frozenset({"adopted", "partly"})
FATES: Final = frozenset({"adopted", "partly", "rejected", "noted"})


class SayingRefused(ParvisError):
    """An answer lacks what makes it one. `faults` says what, by field."""

    def __init__(self, faults: dict[str, str]) -> None:
        """Keep each field's sentence, so that a form shows it where it belongs."""
        self.faults = faults
        super().__init__(" ".join(faults.values()))


@dataclass(frozen=True)
class Saying:
    """What an answer says."""

    fate: str
    reasons: str
    words: tuple[dict[str, Any], ...] = ()
    evidence: str = ""

    def columns(self) -> dict[str, Any]:
        """Return what is stored."""
        return asdict(self) | {"words": list(self.words)}


def wording_field(kind: str) -> str | None:
    """Return the field of a kind that holds another wording, if it has one."""
    declared = KINDS.filled().get(kind)
    fields = declared.fields if declared else ()
    return next((field.name for field in fields if field.type is FieldType.WORDING), None)


def check(said: Saying, answered: Sequence[Any], *, because: str | None = None) -> Saying:
    """Return the answer with its spaces trimmed. Raises SayingRefused, with a sentence for each fault.

    `because` is asked of a correction.
    """
    clean = Saying(said.fate, said.reasons.strip(), _kept(said), said.evidence.strip())
    faults = {
        "fate": ""
        if clean.fate in FATES
        else "Choisissez le sort : adoptée, adoptée en partie, non retenue ou notée.",
        "reasons": _reason(clean.reasons),
        "evidence": _evidence(clean),
        "words": _words(clean, {one.number: one for one in answered}),
        "because": "Dites pourquoi la réponse est corrigée : ce motif est public."
        if because is not None and not because.strip()
        else "",
    }
    if faults := {name: sentence for name, sentence in faults.items() if sentence}:
        raise SayingRefused(faults)
    return clean


def _kept(said: Saying) -> tuple[dict[str, Any], ...]:
    """Keep the words where the answer adopts some: what is rejected changes none."""
    if said.fate not in CHANGING:
        return ()
    kept = ({**one, "words": str(one.get("words", "")).strip()} for one in said.words)
    return tuple(one for one in kept if one["words"])


def _reason(reasons: str) -> str:
    if not reasons:
        return "Dites pourquoi : une réponse sans motif n'en est pas une."
    if len(reasons) > LONGEST:
        return f"Les motifs ont {len(reasons)} caractères, {LONGEST} au plus : mettez le détail dans une page citée."
    return ""


def _evidence(said: Saying) -> str:
    if said.evidence:
        parts = urlsplit(said.evidence)
        is_address = parts.scheme in {"http", "https"} and parts.netloc and len(said.evidence) <= 1000
        return "" if is_address else "La preuve est une adresse complète, en https://."
    if said.fate in CHANGING and not said.words:
        return (
            "Dire qu'une contribution est adoptée demande une preuve : les mots qu'elle change dans le texte, ou "
            "l'adresse de ce qui a été fait."
        )
    return ""


def _words(said: Saying, answered: dict[int, Any]) -> str:
    for one in said.words:
        source = answered.get(one.get("contribution", 0))
        if source is None or set(one) != {"contribution", "unit", "words"}:
            return "Des mots adoptés viennent d'une contribution à laquelle la réponse ne répond pas."
        if not source.unit or one["unit"] != source.unit:
            return f"La contribution n° {source.number} ne porte pas sur l'unité « {one['unit']} » du texte."
    return ""
