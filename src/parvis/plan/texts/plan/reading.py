"""Read a plan as its reference file gives it, and the plan that follows as its government declares it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from parvis.core.errors import ParvisError
from parvis.core.registers.jsontext import Json, Window
from parvis.core.registers.strict import Row
from parvis.core.texts.documents import Document
from parvis.core.texts.kinds import ReadText, ReadVersion
from parvis.core.undertakings.succession.continuity import DECLARED, Bond, Link
from parvis.core.undertakings.succession.drafting import ADOPTED, SOURCE, due
from parvis.core.undertakings.succession.pledging import (
    Cited,
    Draft,
    Pledge,
    commitment_words,
    followed,
    milestone_line,
    part_line,
)

OF_THE_WHOLE: Final = ("schema_version", "language", "licence_note", "reading_note", "ogp_process", "sources")
OF_A_COMMITMENT: Final = ("slug", "outcome", "existing_systems", "systems_reading", "sources", "plan_url")
OF_A_MILESTONE: Final = ("target", "tracker_issue", "tracker_url", "verified", "sources", "note", "due_deduced")
"""What the plan's own pages show, and its text does not."""


class Unreadable(ParvisError):
    """A plan's file lacks a field, or holds a value that its reader does not know."""


class Fields(Row):
    """One record of a plan's file; `where` says in errors which one."""

    __slots__ = ("where",)

    def __init__(self, fields: Json, where: str) -> None:
        if not isinstance(fields, dict):
            raise Unreadable(f"{where} : un objet JSON est attendu. Rien n'est publié : corrigez le fichier.")
        super().__init__(dict(fields))
        self.where = where

    def must(self, name: str) -> Json:
        """Take a field that has to be there."""
        if name not in self.fields:
            raise Unreadable(f"{self.where} : le champ « {name} » manque. Rien n'est publié : complétez le fichier.")
        return self.take(name)

    def text(self, name: str) -> str:
        """Take a text on one line: an alinéa."""
        return " ".join(self._is(str, self.must(name), name).split())

    def maybe(self, name: str) -> str:
        """Take a text that may be absent or null: nothing then."""
        found = self.take(name, None)
        return "" if found is None else " ".join(self._is(str, found, name).split())

    def texts(self, name: str) -> list[str]:
        return [" ".join(self._is(str, one, name).split()) for one in self.each(name)]

    def each(self, name: str) -> list[Json]:
        """Take a list, empty where there is none."""
        found = self.take(name, None)
        return [] if found is None else self._is(list, found, name)

    def _is(self, kind: type, found: Json, name: str) -> Json:
        if not isinstance(found, kind):
            said = "un texte" if kind is str else "une liste"
            raise Unreadable(f"{self.where} : « {name} » doit être {said}. Rien n'est publié : corrigez le fichier.")
        return found

    def over(self) -> None:
        """Raise UnreadColumns if anything remains."""
        self.finish(self.where)


def load(path: Path) -> Fields:
    with path.open("rb") as stream:
        return Fields(Window(stream, path.name).value(), path.name)


def read(path: Path) -> Iterator[ReadText]:
    """Give the plan's text: the version adopted, and those that follow where the file has them."""
    fields = load(path)
    plan = Fields(fields.must("plan"), f"{path.name}, plan")
    framework = plan.text("framework")
    yield ReadText(
        kind="plan",
        slug=path.stem if path.stem.startswith("plan-") else "plan-fictif",
        title=plan.text("title"),
        short_title=plan.text("short_title"),
        source=SOURCE,
        licence=plan.text("licence"),
        versions=tuple(versions(fields, framework)),
    )


def versions(fields: Fields, framework: str) -> Iterator[ReadVersion]:
    """Yield the plan as adopted, then each that follows, tied to the one before."""
    axes = axes_of(fields)
    draft = Draft(
        slug=ADOPTED,
        title="Plan adopté",
        pledges=tuple(adopted(Fields(one, fields.where), axes) for one in fields.each("commitments")),
        author="Gouvernement",
        basis=framework,
    )
    document, parents = draft.document(), tuple[str, ...]()
    yield _version(draft, document, parents)
    for said in fields.each("next"):
        parents, draft = (draft.slug,), next_draft(Fields(said, f"{fields.where}, plan suivant"))
        document = followed(draft, document)
        yield _version(draft, document, parents)
    fields.leave(*OF_THE_WHOLE)
    fields.over()


def _version(draft: Draft, document: Document, parents: tuple[str, ...]) -> ReadVersion:
    return ReadVersion(draft.slug, draft.title, document, draft.dated, draft.author, draft.basis, parents)


def axes_of(fields: Fields) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the titles above a commitment, by the names of its axis and of its subaxis ('' where it has none)."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for said in fields.each("axes"):
        axis = Fields(said, f"{fields.where}, axe")
        name, title = axis.text("id"), axis.text("title")
        found[name, ""] = (title,)
        for part in axis.each("subaxes"):
            subaxis = Fields(part, f"{axis.where} « {name} »")
            found[name, subaxis.text("id")] = (title, subaxis.text("title"))
    return found


def adopted(said: Fields, axes: Mapping[tuple[str, str], tuple[str, ...]]) -> Pledge:
    """Return a commitment of the plan as adopted."""
    number = said.must("number")
    said.where = f"{said.where}, engagement {number}"
    parts = [_part(Fields(one, said.where)) for one in said.each("parts")]
    steps = [milestone(Fields(one, said.where)) for one in said.each("milestones")]
    pledge = Pledge(
        code=f"E{number:0>2}",
        number=f"Engagement {number}",
        title=said.text("title"),
        words=commitment_words(said.text("ambition"), said.texts("leads"), parts, steps),
        path=axes[said.text("axis"), said.maybe("subaxis")],
    )
    said.leave(*OF_A_COMMITMENT)
    said.over()
    return pledge


def _part(said: Fields) -> str:
    return part_line(said.text("id"), said.text("title"), said.texts("leads"))


def milestone(said: Fields) -> str:
    """Return a milestone as an alinéa."""
    date_said = due(said.maybe("due") or None, said.maybe("due_text") or None)
    line = milestone_line(said.text("id"), said.text("text"), date_said, said.maybe("part"))
    said.leave(*OF_A_MILESTONE)
    said.over()
    return line


# The plan that follows


def next_plan(path: Path) -> Draft:
    """Return the plan that follows, from the file where its government declares it."""
    return next_draft(load(path))


def next_draft(said: Fields) -> Draft:
    slug = said.text("slug")
    draft = Draft(
        slug=slug,
        title=said.text("title"),
        pledges=tuple(_pledge(Fields(one, f"{said.where}, « {slug} »")) for one in said.each("commitments")),
        dated=_day(said),
        author=said.maybe("author"),
        basis=said.maybe("basis"),
        limits=said.maybe("limits"),
    )
    said.over()
    return draft


def _day(said: Fields) -> date | None:
    text = said.maybe("dated")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Unreadable(
            f"{said.where} : « {text} » n'est pas un jour. Écrivez AAAA-MM-JJ, rien n'est publié."
        ) from error


def _pledge(said: Fields) -> Pledge:
    code = said.text("code")
    said.where = f"{said.where}, {code}"
    steps = [milestone(Fields(one, said.where)) for one in said.each("milestones")]
    pledge = Pledge(
        code=code,
        number=f"Engagement {code}",
        title=said.text("title"),
        words=commitment_words(said.text("ambition"), said.texts("leads"), (), steps),
        path=tuple(said.texts("path")),
        links=tuple(_link(Fields(one, said.where)) for one in said.each("follows")),
        cites=tuple(_cited(Fields(one, said.where)) for one in said.each("answers")),
    )
    said.over()
    return pledge


def _link(said: Fields) -> Link:
    bond = said.text("bond")
    if bond not in DECLARED:
        known = ", ".join(f"« {one.value} »" for one in DECLARED)
        raise Unreadable(f"{said.where} : « {bond} » n'est pas un lien. Écrivez {known} ; rien n'est publié.")
    link = Link(Bond(bond), tuple(said.texts("parents")))
    said.over()
    return link


def _cited(said: Fields) -> Cited:
    debate, number = said.text("debate"), said.must("contribution")
    if not str(number).isdecimal():
        raise Unreadable(f"{said.where} : « {number} » n'est pas le numéro d'une contribution. Rien n'est publié.")
    said.over()
    return Cited(debate, int(number))
