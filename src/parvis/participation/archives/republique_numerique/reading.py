"""Read the two releases of the consultation of 2015 as one list of contributions."""

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final, cast

import orjson

from parvis.core.processes.importing.rows import UnreadableImport
from parvis.core.texts.units import unit_id
from parvis.participation.archives.republique_numerique.matching import Json, Sources, published_votes, sources, votes
from parvis.participation.archives.republique_numerique.words import words

CAPTURE: Final = "Capture de la plateforme du 18 octobre 2015 (Lucas-C/republique-numerique-stats)"
PUBLISHED: Final = "Publication d'Etalab, décembre 2015 (regardscitoyens/contributions-PJLNum)"
PROPOSALS: Final = "participation/republique-numerique/propositions.jsonl.gz"
CONTRIBUTIONS: Final = "workflows/law/republique-numerique/contributions.jsonl"

SIDES: Final = {"pour": "for", "contre": "against"}


def read(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the contributions: proposals, their arguments and sources, then alternative wordings."""
    both = opened(folder)
    parents, articles = both.parents(), both.articles()
    # The capture alone has words: an article that it lacks is no unit of the text, and stays a proposal.
    units = {key: unit_id(number) for key, number in articles.items() if key in both.captured}
    for key, one in both.published.items():
        if one["kind"] == "proposition":
            yield proposal(key, one, both, units)
    for key, captured in both.captured.items():
        yield from replies(key, captured, units.get(key, ""))
    for key, one in both.published.items():
        if one["kind"] != "proposition":
            yield wording(key, one, parents.get(one["parent"], ""), units)


def compare(folder: Path) -> dict[str, int]:
    """Count what the two releases have in common."""
    return opened(folder).compared()


def opened(folder: Path) -> Sources:
    """Read both files of a folder. Raises UnreadableImport where one is absent."""
    return sources(list(lines(found(folder, PROPOSALS))), list(lines(found(folder, CONTRIBUTIONS))))


def found(folder: Path, file: str) -> Path:
    """Return a file of the archive, at its place in the data folder or straight in the folder given."""
    for path in (folder / file, folder / Path(file).name):
        if path.is_file():
            return path
    raise UnreadableImport(
        f"« {Path(file).name} » n'est pas dans {folder}. L'archive a besoin de {Path(PROPOSALS).name} et de "
        f"{Path(CONTRIBUTIONS).name} : donnez le dossier qui les contient tous deux."
    )


def lines(path: Path) -> Iterator[Json]:
    with cast("IO[bytes]", gzip.open(path) if path.suffix == ".gz" else path.open("rb")) as file:
        for line in file:
            yield orjson.loads(line)


def proposal(key: str, one: Json, both: Sources, units: Mapping[str, str]) -> dict[str, Any]:
    """Return a proposal: an article of the government, or what a person proposed beside."""
    captured = both.captured.get(key)
    author = captured["auteur"] if captured else signed(one, both)
    text = {"text": words(captured["texte_html"])} if captured else {}
    return {
        "id": key,
        "kind": "proposal",
        "unit": units.get(key, ""),
        "author": author,
        "received_at": captured["cree_le"] if captured else "",
        **counted(published_votes(one)),
        "notices": [*([noticed(captured)] if captured else []), published_notice(one)],
        "title": one["title"],
        **text,
    }


def signed(one: Json, both: Sources) -> str:
    """Return the public pseudonym of who wrote, as the only release that has it gives it."""
    return "gouvernement" if one["author"] in both.government else f"auteur {one['author']}"


def counted(figures: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(("votes_for", "votes_mixed", "votes_against"), figures, strict=True))


def noticed(captured: Json) -> dict[str, Any]:
    """Return what the capture says of a proposal, its words left to the contribution."""
    said = dict(zip(("pour", "mitigé", "contre"), votes(captured), strict=True))
    return {
        "source": CAPTURE,
        "reference": str(captured["id"]),
        **said,
        "rédactions alternatives": captured["nb_versions"],
        "arguments": captured["nb_arguments"],
        "sources": len(captured["sources"]),
        "section": f"{captured['section']} : {captured['rubrique']}",
        "modifié le": captured["modifie_le"],
        "à la corbeille": captured["corbeille"],
    }


def published_notice(one: Json) -> dict[str, Any]:
    said = dict(zip(("pour", "mitigé", "contre"), published_votes(one), strict=True))
    return {
        "source": PUBLISHED,
        "reference": one["id"],
        **said,
        "arguments": one["arguments"],
        "sources": one["sources"],
        "section": one["section"],
        "auteur": one["author"],
        "nature de l'auteur": one["author_kind"],
        "groupe de votes semblables": one["covote_community"],
        **({"porte sur": one["parent"]} if one["parent"] else {}),
    }


def replies(parent: str, captured: Json, unit: str) -> Iterator[dict[str, Any]]:
    """Yield the arguments and the sources given on a proposal."""
    for one in captured["arguments"]:
        yield {
            "id": f"a{one['id']}",
            "kind": "argument",
            "parent": parent,
            "unit": unit,
            "author": one["auteur"],
            "received_at": one["cree_le"],
            "supports": one["votes"],
            "notices": [
                {
                    "source": CAPTURE,
                    "reference": str(one["id"]),
                    "votes": one["votes"],
                    "à la corbeille": one["corbeille"],
                }
            ],
            "side": SIDES[one["sens"]],
            "text": one["texte"],
        }
    for number, one in enumerate(captured["sources"], 1):
        yield {
            "id": f"s{captured['id']}-{number}",
            "kind": "source",
            "parent": parent,
            "unit": unit,
            "title": one["titre"],
            "address": one["lien"],
        }


def wording(key: str, one: Json, parent: str, units: Mapping[str, str]) -> dict[str, Any]:
    """Return an alternative wording: no release gives its text, nor its day."""
    return {
        "id": key,
        "kind": "wording",
        "parent": parent,
        "unit": units.get(parent, ""),
        "author": f"auteur {one['author']}",
        **counted(published_votes(one)),
        "notices": [published_notice(one)],
        "title": one["title"],
    }
