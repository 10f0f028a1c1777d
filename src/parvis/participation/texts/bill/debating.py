"""What was debated at a step: the amendments and what became of them, how much each group spoke. No person is kept."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from parvis.core.texts.units import unit_id
from parvis.participation.reading import Fields, UnknownValue, day, load

OUTCOMES = frozenset({"adopté", "rejeté", "non-voté", "en attente"})
SUBJECT = re.compile(r"(?P<where>après |avant )?(?:l')?article (?P<number>\S.*)", re.IGNORECASE)


def amendments(path: Path, units: Collection[str]) -> dict[str, Any]:
    """Return the amendments of a step: how many, by outcome, and each with its article, its date and its source."""
    fields = Fields(load(path), path.name)
    root = fields.must("api_root_url")
    fields.leave("groupes")  # the groups' colours
    fields.leave("id_step")  # the file's name says it
    found = [one for subject in fields.must("sujets").values() for one in on(subject, root, units, path.name)]
    fields.over()
    return {
        "count": len(found),
        "outcomes": dict(sorted(Counter(one["outcome"] for one in found).items())),
        "list": found,
    }


def on(subject: dict[str, Any], root: str, units: Collection[str], where: str) -> Iterator[dict[str, Any]]:
    """Yield the amendments on one subject, with the article that it names where the text has it."""
    fields = Fields(subject, where)
    title = fields.must("titre")
    named = SUBJECT.fullmatch(title.strip())
    unit = unit_id(named["number"]) if named else ""
    fields.leave("order")
    for one in fields.must("amendements"):
        yield {**amendment(one, root, f"{where}, {title}"), "on": title, "unit": unit if unit in units else ""}
    fields.over()


def amendment(found: dict[str, Any], root: str, where: str) -> dict[str, Any]:
    fields = Fields(found, where)
    number, outcome = fields.must("numero"), fields.must("sort")
    if outcome not in OUTCOMES:
        raise UnknownValue(outcome, "le sort d'un amendement", f"{where}, amendement {number}")
    kept = {
        "number": number,
        "outcome": outcome,
        "dated": day(fields.must("date"), where).isoformat(),
        "group": fields.must("groupe"),
        "source": root + fields.must("id_api"),
    }
    fields.leave("aut")  # persons: the source names them
    fields.over()
    return kept


def speeches(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return, by step, each sitting with the number of speeches and words of each group."""
    return {step: sittings(Fields(debated, f"{path.name}, {step}")) for step, debated in load(path).items()}


def sittings(fields: Fields) -> list[dict[str, Any]]:
    fields.leave("groupes", "orateurs")  # the groups' colours; persons: the source names them
    fields.leave("total_seances")  # counted from the list
    found = [sitting(title, one, fields.where) for title, one in fields.must("divisions").items()]
    fields.over()
    return found


def sitting(title: str, found: dict[str, Any], where: str) -> dict[str, Any]:
    """Count a sitting by group."""
    fields = Fields(found, f"{where}, {title}")
    fields.leave("order", "link", "total_intervs", "total_mots")  # in order; the source leads there; sums of groups
    groups = {group: spoken(Fields(said, f"{where}, {group}")) for group, said in fields.must("groupes").items()}
    kept = {
        "title": re.sub(r"\s*<br/>\s*", ", ", title),
        "began_on": day(fields.must("first_date"), where).isoformat(),
        "ended_on": day(fields.must("last_date"), where).isoformat(),
        "source": fields.must("source"),
        "groups": groups,
    }
    fields.over()
    return kept


def spoken(fields: Fields) -> dict[str, int]:
    counted = {"speeches": int(fields.must("nb_intervs")), "words": int(fields.must("nb_mots"))}
    fields.leave("orateurs")
    fields.over()
    return counted
