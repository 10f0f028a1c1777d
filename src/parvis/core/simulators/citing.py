"""How the text behind a rule is named, where a model gives its address only."""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from parvis.core import french
from parvis.core.simulators.contract import Ref
from parvis.core.simulators.given import day_of

LEGIFRANCE: Final = "legifrance.gouv.fr"
CODES: Final = {
    "LEGITEXT000006069577": "Code général des impôts",
    "LEGITEXT000006069569": "Code général des impôts, annexe III",
    "LEGITEXT000006073189": "Code de la sécurité sociale",
    "LEGITEXT000006072050": "Code du travail",
    "LEGITEXT000006072026": "Code monétaire et financier",
    "LEGITEXT000006074069": "Code de l'action sociale et des familles",
    "LEGITEXT000006074096": "Code de la construction et de l'habitation",
    "LEGITEXT000006071191": "Code de l'éducation",
}
KINDS: Final = {"loi": "Loi", "ordonnance": "Ordonnance", "decret": "Décret", "arrete": "Arrêté"}
ELI: Final = re.compile(
    r"/eli/(?P<kind>\w+)/(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<number>[^/]+)/jo/"
    r"(?:article_(?P<article>[\w-]+))?"
)
NUMBER: Final = re.compile(r"\d{4}-\d+")
ARTICLE: Final = re.compile(r"(?:LEGI|JORF)ARTI\d+")
OFFICIAL: Final = (".gouv.fr", "service-public.fr")


def named(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """Name references that are addresses only; a text followed by its address is one. Each once."""
    return tuple(dict.fromkeys(_named(ref) for ref in _joined(refs)))


def _joined(refs: Iterable[Ref]) -> Iterator[Ref]:
    """Give a text without an address the address that follows it alone."""
    held: Ref | None = None
    for ref in refs:
        if held is not None and _is_bare(ref):
            yield held._replace(href=ref.href)
            held = None
            continue
        if held is not None:
            yield held
        held = ref if not ref.href else None
        if held is None:
            yield ref
    if held is not None:
        yield held


def _is_bare(ref: Ref) -> bool:
    return bool(ref.href) and ref.title == ref.href


def _named(ref: Ref) -> Ref:
    if not _is_bare(ref):
        return ref
    host = (urlsplit(ref.href).hostname or ref.href).removeprefix("www.")
    if host == LEGIFRANCE:
        return ref._replace(title=law(ref.href))
    return ref._replace(title=host if host.endswith(OFFICIAL) else f"source donnée par le modèle ({host})")


def law(address: str) -> str:
    """Name the text of a Légifrance address, as far as the address says it."""
    published = ELI.search(address)
    if published is not None:
        return _published(published)
    code = next((words for key, words in CODES.items() if key in address), "")
    if ARTICLE.search(address):
        return f"{code}, un article (Légifrance)" if code else "Un article de loi (Légifrance)"
    return f"{code or 'Texte publié'} (Légifrance)"


def _published(found: re.Match[str]) -> str:
    """Write « Décret n° 2020-1789 du 30 décembre 2020, article 3 »."""
    on = day_of(f"{found['year']}-{found['month']:0>2}-{found['day']:0>2}")
    words = [
        KINDS.get(found["kind"], "Texte"),
        f"n°{french.NO_BREAK}{found['number']}" if NUMBER.fullmatch(found["number"]) else "",
        f"du {french.day(on)}" if on else "",
    ]
    whole = " ".join(word for word in words if word)
    return f"{whole}, article {found['article']}" if found["article"] else whole
