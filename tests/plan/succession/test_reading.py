"""A plan reads as one unit a commitment; the plan that follows says what each of its commitments follows."""

import json

import pytest

from parvis.core.registers.strict import UnreadColumns
from parvis.core.undertakings import declared
from parvis.core.undertakings.succession import drafting, pledging
from parvis.core.undertakings.succession.continuity import Bond, Link, links
from parvis.core.undertakings.succession.drifting import Became, drift
from parvis.plan.texts.plan import TEXT_KIND
from parvis.plan.texts.plan.reading import Unreadable, next_plan

SAMPLE = TEXT_KIND.folder / TEXT_KIND.sample


@pytest.fixture
def adopted():
    return next(TEXT_KIND.read(SAMPLE)).versions[0].document


@pytest.fixture
def next_file(tmp_path):
    """Return a function that writes the sample's next plan, changed, and gives its path."""

    def write(change=dict):
        said = json.loads(SAMPLE.read_text())["next"][0]
        change(said)
        path = tmp_path / "suivant.json"
        path.write_text(json.dumps(said))
        return path

    return write


def test_the_declared_plan_and_the_reference_file_give_the_same_text_to_the_byte(data):
    read = next(TEXT_KIND.read(data / TEXT_KIND.demonstration))
    ours = drafting.adopted(declared.plan()).document()

    assert read.slug == drafting.slug_of(declared.plan().slug)
    assert read.versions[0].document == ours
    assert ours.sha256 == read.versions[0].document.sha256
    assert ours.units == tuple(f"E{number:02}" for number in range(1, 27))


@pytest.mark.parametrize(
    "said",
    [
        (Link(Bond.NEW),),
        (Link(Bond.EXTENDS, ("E01",)), Link(Bond.BUILDS_ON, ("E02", "E03"))),
        (Link(Bond.TAKES_UP, ("E01",)), Link(Bond.PERHAPS, ("E02",))),
    ],
)
def test_what_a_commitment_follows_is_read_back_from_its_words(said):
    words = "\n".join(("Ouvrir les marchés : tous.", *(link.line() for link in said)))

    assert links(words) == said


def test_the_commitment_that_extends_keeps_the_identity_of_the_first_that_it_extends(adopted, next_file):
    document = pledging.followed(next_plan(next_file()), adopted)

    assert document.units == ("E01", "R2", "R3")
    assert document.passage("E01").number == "Engagement R1"


def follows(place, *bonds):
    def change(said):
        said["commitments"][place]["follows"] = [dict(bond) for bond in bonds]

    return change


def code(said):
    said["commitments"][2]["code"] = "E02"


@pytest.mark.parametrize(
    ("change", "refusal", "says"),
    [
        (follows(1, {"bond": "builds-on", "parents": ["E02", "E99"]}), pledging.UnknownCommitment, "suit E99"),
        (follows(2, {"bond": "new", "parents": ["E01"]}), pledging.NewWithParents, "R3 se dit nouveau"),
        (follows(2, {"bond": "new"}, {"bond": "extends", "parents": ["E02"]}), pledging.NewWithParents, "R3 se dit"),
        (follows(2), pledging.NoBond, "R3 ne dit pas ce qu'il suit"),
        (follows(2, {"bond": "extends", "parents": []}), pledging.NoBond, "sans nommer quoi"),
        (follows(1, {"bond": "extends", "parents": ["E01"]}), pledging.ContinuedTwice, "R1 et R2"),
        (code, pledging.CodeTaken, "E02 est celui d'un engagement passé"),
    ],
)
def test_a_plan_that_follows_badly_is_refused_and_told_why(adopted, next_file, change, refusal, says):
    with pytest.raises(refusal, match=says):
        pledging.followed(next_plan(next_file(change)), adopted)


@pytest.mark.parametrize(
    ("change", "refusal", "says"),
    [
        (follows(2, {"bond": "takes-up", "parents": ["E01"]}), Unreadable, "R3 : « takes-up » n'est pas un lien"),
        (lambda said: said.update(dated="2032-13-40"), Unreadable, "« 2032-13-40 » n'est pas un jour"),
        (lambda said: said.pop("slug"), Unreadable, "le champ « slug » manque"),
        (lambda said: said.update(title=["a"]), Unreadable, "« title » doit être un texte"),
        (lambda said: said.update(commitments=["a"]), Unreadable, "un objet JSON est attendu"),
        (lambda said: said.update(budget="0"), UnreadColumns, "« budget »"),
    ],
)
def test_a_file_that_does_not_read_is_refused_and_told_why(next_file, change, refusal, says):
    with pytest.raises(refusal, match=says):
        next_plan(next_file(change))


def test_the_drift_says_what_each_commitment_became(adopted, next_file):
    found = drift(adopted, pledging.followed(next_plan(next_file()), adopted))

    told = [(one.before and one.before.unit, one.became, one.after and one.after.unit) for one in found]
    assert told == [
        ("E01", Became.EXTENDED, "E01"),
        ("E01", Became.BUILT_ON, "R2"),
        ("E02", Became.BUILT_ON, "R2"),
        ("E03", Became.DROPPED, None),
        (None, Became.NEW, "R3"),
    ]
    assert [one.kept and round(one.kept) for one in found] == [63, 40, 47, None, None]


def test_a_commitment_that_did_not_move_is_kept_and_one_reworded_says_how_much(adopted):
    reworded = json.loads(SAMPLE.read_text())["commitments"][1]["ambition"]
    passages = [
        passage if passage.unit != "E02" else type(passage)(**{**vars(passage), "words": reworded})
        for passage in adopted.passages
    ]
    found = {one.before.unit: one for one in drift(adopted, type(adopted)(tuple(passages)))}

    assert (found["E01"].became, found["E01"].kept) == (Became.KEPT, 100.0)
    assert found["E02"].became == Became.REWORDED
    assert 0 < found["E02"].kept < 100


def test_of_the_plan_of_2018_only_what_facts_name_is_there_and_a_sentence_says_so():
    before = drafting.adopted(declared.plan()).document()
    draft = drafting.known_next(declared.plan())
    after = pledging.followed(draft, before)

    named = {later.ogp_id for one in declared.commitments(declared.plan().slug) for later in one.carried_over}
    assert {one.code for one in draft.pledges} == named
    assert links(after.words("FR0034")) == (Link(Bond.BUILDS_ON, ("E11", "E12", "E15")),)
    assert links(after.words("FR0044")) == (Link(Bond.TAKES_UP, ("E13", "E22")),)
    assert links(after.words("FR0032")) == (Link(Bond.PERHAPS, ("E03",)),)
    assert "rien n'est inventé" in after.words(pledging.LIMITS)
    became = {one.before.unit: one.became for one in drift(before, after) if one.before}
    assert became["E01"] == Became.UNKNOWN  # absent from what is known: not given up for all that
    assert {one.kept for one in drift(before, after)} == {None}  # no words found, no share counted
