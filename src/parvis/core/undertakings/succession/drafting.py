"""What versions of a plan's text are made of: the declared plan, a frozen report, the facts known of the next plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from parvis.core import french
from parvis.core.texts.documents import Document, Passage
from parvis.core.undertakings import declared
from parvis.core.undertakings.succession.continuity import Bond, Link
from parvis.core.undertakings.succession.pledging import (
    UNFOUND,
    Draft,
    Pledge,
    commitment_words,
    milestone_line,
    part_line,
)

ADOPTED: Final = "adopte"
"""The first version of a plan's text: the plan as its government adopted it."""

SOURCE: Final = "Le plan publié par le gouvernement, redit ici dans nos mots"


def slug_of(plan: str) -> str:
    """Return the name of a plan's text."""
    return f"plan-{plan}"


# The plan as adopted


def adopted(plan: declared.Plan) -> Draft:
    """Return the first version: each commitment as declared, in our words."""
    return Draft(
        slug=ADOPTED,
        title="Plan adopté",
        pledges=tuple(_pledge(plan, one) for one in declared.commitments(plan.slug)),
        author="Gouvernement",
        basis=plan.framework,
    )


def _pledge(plan: declared.Plan, one: declared.Commitment) -> Pledge:
    parts = [part_line(part.code, part.title, part.leads) for part in one.parts]
    steps = [
        milestone_line(step.key, step.text, due(step.due, step.due_text), step.part or "") for step in one.milestones
    ]
    return Pledge(
        code=one.key,
        number=f"Engagement {one.number}",
        title=one.title,
        words=commitment_words(one.ambition, one.leads, parts, steps),
        path=tuple(_path(plan, one)),
    )


def due(partial: str | None, text: str | None) -> str:
    """Return a milestone's date as the text says it, else the day or month known, else nothing."""
    return text or (french.period(partial) if partial else "")


def _path(plan: declared.Plan, one: declared.Commitment) -> Iterator[str]:
    axis = next(axis for axis in plan.axes if axis.slug == one.axis)
    yield axis.title
    yield from (subaxis.title for subaxis in axis.subaxes if subaxis.slug == one.subaxis)


# A review

FROZEN: Final = ("Mesuré : ", "Déclaré : ", "Déclaré par ", "Jugé : ", "Jugé, ", "Lecteur ", "Manques du texte : ")
"""How the lines that a review adds begin: the next review puts its own in their place."""


def reviewed(before: Document, report: Mapping[str, Any]) -> Document:
    """Return the text put to comments: each commitment, then what the frozen report measured, heard and judged."""
    said = {unit_of(one): one for one in report["commitments"]}
    return Document(tuple(_reviewed(passage, said.get(passage.unit)) for passage in before.passages))


def unit_of(said: Mapping[str, Any]) -> str:
    """Return the unit of a commitment that a report speaks of."""
    return f"E{said['number']:02}"


def _reviewed(passage: Passage, said: Mapping[str, Any] | None) -> Passage:
    if said is None:
        return passage
    promised = [line for line in passage.words.split("\n") if not line.startswith(FROZEN)]
    lines = (*promised, *_measured(said), *_claimed(said), *_judged(said), *_gaps(said))
    return replace(passage, words="\n".join(lines))


def _measured(said: Mapping[str, Any]) -> Iterator[str]:
    if not said["numbers"]:
        yield f"Mesuré : {_lower(said['done']['because'])}"
    for one in said["numbers"]:
        if one["value"] is None:
            yield f"Mesuré : {one['title']} : inconnu. {one['because']}"
        else:
            progress = one["progress_cut"]
            of = "" if progress is None else f" ({french.percent(progress)} du chemin vers la cible)"
            yield f"Mesuré : {one['title']} : {french.number(one['value'])} {one['value_unit']}{of}."


def _claimed(said: Mapping[str, Any]) -> Iterator[str]:
    share = said["claimed"]["value"]
    if share is None:
        yield f"Déclaré : {_lower(said['claimed']['because'])}"
    else:
        yield f"Déclaré : {french.percent(share)} des jalons réalisés, selon les porteurs."
    for one in said["said"]:
        yield f"Déclaré par {one['organisation']}, {one['what']} : {_flat(one['text'])}"


def _judged(said: Mapping[str, Any]) -> Iterator[str]:
    if not said["pairs"]:
        yield "Jugé : aucune lecture."
    for pair in said["pairs"]:
        yield f"Jugé, {pair['stage'].lower()} : {pair['agreement']}"
        for one in pair["readings"]:
            answers = " ; ".join(f"{_lower(question)} {answer.lower()}" for question, answer in one["answers"])
            yield f"Lecteur {one['reader']} ({one['organisation']}) : {answers}. {_flat(one['reasons'])}"


def _gaps(said: Mapping[str, Any]) -> Iterator[str]:
    yield f"Manques du texte : {' ; '.join(map(_lower, said['gaps'])) or 'aucun'}."


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _flat(text: str) -> str:
    """Return a text on one line: a line is an alinéa of the plan."""
    return " ".join(text.split())


# The next plan, as far as it is known


def known_next(plan: declared.Plan) -> Draft | None:
    """Return the version that the known facts make of the next plan: the commitments that they name, no other."""
    ties = [(one, later) for one in declared.commitments(plan.slug) for later in one.carried_over]
    if not ties:
        return None
    name = ties[0][1].plan
    codes = sorted({later.ogp_id for _, later in ties})
    return Draft(
        slug=f"plan-{name}",
        title=f"Plan {name}, tel que les faits connus le nomment",
        pledges=tuple(_known(code, [tie for tie in ties if tie[1].ogp_id == code]) for code in codes),
        author="Gouvernement",
        basis=f"Fiches du PGO qui nomment un engagement du plan {plan.starts[:4]}-{plan.ends[:4]}",
        limits=(
            f"Du plan {name}, seuls sont ici les {len(codes)} engagements que les faits connus rattachent au plan "
            "d'avant. Les autres, et les mots de tous, n'ont pas été retrouvés\N{NO-BREAK SPACE}: rien n'est inventé, "
            "et un engagement absent n'est pas pour autant abandonné."
        ),
    )


def _known(code: str, ties: Sequence[tuple[declared.Commitment, declared.CarriedOver]]) -> Pledge:
    bonds = {one.key: _bond(later) for one, later in ties}
    links = [Link(bond, tuple(key for key, its in bonds.items() if its == bond)) for bond in Bond]
    notes = {later.note for _, later in ties if later.note}
    sources = sorted({source for _, later in ties for source in later.sources})
    words = [f"Engagement {code} du plan {ties[0][1].plan}, dont le texte n'a pas été retrouvé."]
    words += [f"Ce qu'on en sait : {note}." for note in sorted(notes)]
    return Pledge(
        code=code,
        number=f"Engagement {code}",
        title="",
        words="\n".join((*words, f"Sources : {', '.join(sources)}.")),
        links=tuple(link for link in links if link.parents),
        status=UNFOUND,
    )


def _bond(later: declared.CarriedOver) -> Bond:
    if not later.verified:
        return Bond.PERHAPS
    return Bond(later.bond) if later.bond else Bond.TAKES_UP
