"""Read a bill's folder: its procedure, its text after each step, the amendments and debates on the way."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from unicodedata import normalize

from parvis.core.texts import legislative
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.kinds import ReadText, ReadVersion
from parvis.core.texts.units import unit_id
from parvis.participation.reading import Fields, UnknownValue, day, load
from parvis.participation.texts.bill.debating import amendments, speeches
from parvis.participation.texts.bill.naming import CHAMBERS, divisions, known_above, named, title
from parvis.participation.texts.bill.unmodified import STATUSES, Remark, resolve, unknown_division

SOURCE: Final = (
    "La Fabrique de la Loi (Regards Citoyens), github.com/regardscitoyens/the-law-factory-parser-test-cases"
)
LICENCE: Final = "ODbL 1.0"
PROPOSALS: Final = {"PJL": "projet de loi", "PPL": "proposition de loi"}


@dataclass(frozen=True)
class Step:
    """A step of the procedure, as procedure.json tells it."""

    directory: str
    name: str  # as the state machine names it
    title: str
    facts: Mapping[str, Any]  # JSON

    @property
    def slug(self) -> str:
        bare = normalize("NFKD", self.directory).encode("ascii", "ignore").decode()
        return re.sub(r"[._]+", "-", bare).strip("-")

    def file(self, folder: Path) -> Path:
        return folder / "steps" / f"{self.directory}.json"

    @property
    def is_filed(self) -> bool:
        return self.name.endswith(legislative.FILED)


def read(folder: Path) -> Iterator[ReadText]:
    """Give the bill of a folder: its steps checked against the legislative procedure, its text after each."""
    fields = Fields(load(folder / "procedure.json"), f"{folder.name}, procedure.json")
    found = [step(one, fields.where) for one in fields.must("steps")]
    legislative.LEGISLATIVE.check([one.name for one in found])
    written = {one.directory: document(path) for one in found if (path := one.file(folder)).exists()}
    debated = dict(debates(folder, found, {unit for text, _ in written.values() for unit in text.units}))
    made = tuple(versions(found, written, debated))
    slugs = {version.slug for version in made}
    slug, short = fields.must("id"), fields.must("short_title")
    known = fields.take("loi_dite", None)
    text = ReadText(
        kind="bill",
        slug=slug,
        title=fields.must("long_title"),
        short_title=known[0].upper() + known[1:] if known else short,
        source=SOURCE,
        licence=LICENCE,
        versions=made,
        metadata={**metadata(fields), "steps": [line(one, slugs, debated) for one in found]},
    )
    fields.over()
    yield text


def metadata(fields: Fields) -> dict[str, Any]:
    """Take what the source says of the whole procedure."""
    proposal = fields.must("proposal_type")
    fields.leave("assemblee_id", "assemblee_legislature", "assemblee_slug", "senat_id")  # the addresses say them
    fields.leave("long_title_descr", "stats")  # the title again; counts that are ours to make
    return {
        "type": named(proposal, PROPOSALS, "une espèce de texte", fields.where),
        "law": fields.must("law_name"),
        "law_id": fields.must("legifrance_cidTexte"),
        "law_address": fields.must("url_jo"),
        "is_accelerated": fields.must("urgence"),
        "began_on": day(fields.must("beginning"), fields.where).isoformat(),
        "ended_on": day(fields.must("end"), fields.where).isoformat(),
        "summary": fields.take("objet_du_texte", None) or "",
        "themes": fields.must("themes"),
        "cited": fields.must("textes_cites"),
        "renumbered": fields.take("table_concordance", None) or {},
        "files": [fields.must("url_dossier_assemblee"), fields.must("url_dossier_senat")],
    }


def step(found: dict[str, Any], where: str) -> Step:
    fields = Fields(found, where)
    directory = fields.must("directory")
    fields.where = f"{where}, étape {directory}"
    stage, chamber, act = fields.must("stage"), fields.must("institution"), fields.take("step", None) or ""
    fields.leave(
        "debats_order", "has_interventions", "intervention_files", "nb_amendements"
    )  # counted from their files
    started, ended = (day(fields.must(name), fields.where) for name in ("date", "enddate"))
    facts = {
        "stage": stage,
        "institution": chamber,
        "act": act,
        "started_on": started.isoformat(),
        "ended_on": ended.isoformat(),
        "failure": fields.take("echec", None) or "",
        "decision": fields.take("decision", None) or "",
        "filed_by": fields.take("auteur_depot", None) or "",
        "source": fields.take("source_url", None) or "",
        "other_source": fields.take("cmp_commission_other_url", None) or "",
    }
    fields.over()
    return Step(directory, legislative.step(stage, chamber, act), title(stage, chamber, act, fields.where), facts)


def line(one: Step, texts: Collection[str], debated: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a step for the line of the procedure: its version, or what was debated where it gave no text."""
    said = {**one.facts, "name": one.name, "title": one.title, "version": one.slug if one.slug in texts else ""}
    return said if said["version"] else {**said, **debated[one.directory]}


def debates(folder: Path, steps: list[Step], units: Collection[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield, by step, its sittings and its amendments, where the folder has them."""
    path = folder / "interventions.json"
    spoken = speeches(path) if path.exists() else {}
    for one in steps:
        facts: dict[str, Any] = {"debates": spoken.get(one.directory, [])}
        voted = folder / f"amendements_{one.directory}.json"
        yield one.directory, {**facts, "amendments": amendments(voted, units)} if voted.exists() else facts


def versions(
    steps: list[Step], written: Mapping[str, tuple[Document, list[Remark]]], debated: Mapping[str, dict[str, Any]]
) -> Iterator[ReadVersion]:
    """Yield the text after each step that has one, on the version that it started from."""
    kept: list[tuple[Step, ReadVersion]] = []
    for place, one in enumerate(steps):
        text, noted = written.get(one.directory, (Document(()), []))
        if text.passages:
            made = version(one, text, former(kept, steps, place), noted)
            kept.append((one, replace(made, step={**made.step, **debated[one.directory]})))
    yield from (made for _, made in kept)


def version(one: Step, written: Document, before: ReadVersion | None, noted: list[Remark]) -> ReadVersion:
    """Make the version of a step: its words resolved, and what was done to resolve them."""
    resolved, remarks = resolve(written, before.document if before else Document(()), before.slug if before else "")
    return ReadVersion(
        slug=one.slug,
        title=one.title,
        document=resolved,
        # The end of a filing is the end of what is done of it next: its day is the day it was filed.
        dated=day(one.facts["started_on" if one.is_filed else "ended_on"], one.directory),
        author=one.facts["filed_by"] or CHAMBERS[one.facts["institution"]],
        basis=one.facts["source"],
        parents=(before.slug,) if before else (),
        step={**one.facts, "name": one.name, "remarks": [remark.facts for remark in (*noted, *remarks)]},
    )


def former(kept: list[tuple[Step, ReadVersion]], steps: list[Step], place: int) -> ReadVersion | None:
    """Return the version that a step starts from: the last one, except where the Constitution says otherwise.

    Where the committee adopts no text, the floor debates the text as filed (article 42). For its last word, the
    Assembly takes up the last text that it voted itself (article 45, paragraph 4).
    """
    candidates = kept
    if steps[place].name == legislative.step(legislative.LAST, legislative.ASSEMBLY, legislative.FILED):
        candidates = [pair for pair in kept if pair[0].name.endswith(f"{legislative.ASSEMBLY} • {legislative.FLOOR}")]
    elif place and steps[place].name.endswith(legislative.FLOOR) and steps[place - 1].facts["failure"]:
        candidates = [pair for pair in kept if pair[0].is_filed]
    return candidates[-1][1] if candidates else None


def document(path: Path) -> tuple[Document, list[Remark]]:
    """Return a step's text as the file writes it, and what had to be said of its divisions."""
    fields = Fields(load(path), path.name)
    fields.leave("id", "nosdeputes_id", "nossenateurs_id", "source", "titre", "type")  # the procedure says them
    fields.leave("definitif", "depot")  # the step's name says them
    fields.leave("expose")  # why there is no text: the step's failure says it
    above = divisions(fields.must("sections"), fields.where)
    articles = [article(one, path.name) for one in fields.must("articles")]
    fields.over()
    placed = [(replace(one, path=above[known_above(code, above)]), code) for one, code in articles]
    return Document(tuple(one for one, _ in placed)), [
        unknown_division(one, code) for one, code in placed if code not in above
    ]


def article(found: dict[str, Any], where: str) -> tuple[Passage, str]:
    """Return an article, and the code of the division that it stands in."""
    fields = Fields(found, where)
    number = fields.must("titre")
    fields.where = f"{where}, article {number}"
    fields.leave("liens", "order", "type")  # links are found by us; the list is in order; all are articles
    fields.leave("source_text")  # number of the document, on one article
    status, section = fields.must("statut"), fields.take("section", None) or ""
    passage = Passage(
        unit=unit_id(number),
        number=fields.take("newtitre", None) or number,
        words="\n".join(alineas(fields)),
        status=named(status, STATUSES, "l'état d'un article", fields.where),
    )
    fields.over()
    return passage, section


def alineas(fields: Fields) -> list[str]:
    """Return the alinéas, which the source numbers from 001 without a hole."""
    found: dict[str, str] = fields.must("alineas")
    if list(found) != [f"{rank:03}" for rank in range(1, len(found) + 1)]:
        raise UnknownValue(", ".join(found), "une suite d'alinéas (001, 002…)", fields.where)
    return list(found.values())
