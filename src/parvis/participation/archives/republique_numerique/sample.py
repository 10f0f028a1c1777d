"""A fictitious consultation, in the shape of the two real releases: it stands in where they are not."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

ARTICLES = (1, 3)  # those of the fictitious draft that it is about
PEOPLE = 12
SECTION = "section-1-exemple"


def write(folder: Path) -> Path:
    """Write both files, fictitious, where the archive's reader looks for them; return the folder."""
    captured = list(_captured())
    for name, rows in (
        ("participation/republique-numerique/propositions.jsonl.gz", captured),
        ("workflows/law/republique-numerique/contributions.jsonl", list(_published(captured))),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = b"".join(orjson.dumps(row) + b"\n" for row in rows)
        path.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)
    return folder


def _captured() -> Iterator[dict[str, Any]]:
    for number in ARTICLES:
        yield _proposal(60 + number, f"Article {number} - Exemple n° {number}", "gouvernement", number)
    for number in range(1, PEOPLE + 1):
        yield _proposal(100 + number, f"Une proposition fictive, la {number}e", f"citoyen-{number:04}", number)


def _proposal(key: int, title: str, author: str, number: int) -> dict[str, Any]:
    return {
        "id": key,
        "titre": title,
        "texte_html": f"<p>I. Texte fictif n&deg;&nbsp;{number}.</p><p>II. Il tient en deux alin&eacute;as.</p>",
        "auteur": author,
        "cree_le": f"2015-10-{number:02}T10:00:00+0200",
        "modifie_le": f"2015-10-{number:02}T10:00:00+0200",
        "section": "Section 1",
        "rubrique": "Exemple",
        "votes": {"pour": 10 * number, "mitige": number, "contre": 2, "total": 11 * number + 2},
        "nb_versions": 1 if author == "gouvernement" else 0,
        "nb_arguments": 1,
        "corbeille": False,
        "expose": [],
        "arguments": [
            {
                "id": 1000 + key,
                "sens": "pour" if number % 2 else "contre",
                "texte": f"Un argument fictif sur la proposition {key}.",
                "auteur": f"citoyen-{100 + number:04}",
                "cree_le": f"2015-10-{number:02}T11:00:00+0200",
                "votes": number,
                "corbeille": False,
            }
        ],
        "sources": [{"titre": "Une source fictive", "lien": f"https://exemple.invalid/{key}"}],
    }


def _published(captured: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in captured:
        figures = one["votes"]
        yield {
            **_published_row(f"o{one['id']}", "proposition", one["titre"], figures, one["auteur"]),
            "arguments": one["nb_arguments"],
            "sources": len(one["sources"]),
        }
    for number in ARTICLES:
        figures = {"pour": number, "contre": 1, "mitige": 0, "total": number + 1}
        row = _published_row(f"v{number}", "amendement", f"Récrire l'article {number}", figures, f"auteur-{number}")
        yield row | {"parent": f"{SECTION}/article-{number}-exemple-n-{number}"}


def _published_row(key: str, kind: str, title: str, figures: dict[str, int], author: str) -> dict[str, Any]:
    return {
        "id": key,
        "kind": kind,
        "title": title,
        "section": SECTION,
        "parent": None,
        "author": author,
        "for": figures["pour"],
        "against": figures["contre"],
        "mixed": figures["mitige"],
        "votes": figures["total"],
        "arguments": 0,
        "sources": 0,
        "author_kind": None,
        "covote_community": None,
    }
