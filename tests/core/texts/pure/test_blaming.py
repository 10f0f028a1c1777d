"""Each run of words knows the version and the source that brought it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.texts.pure.wordings import legal
from parvis.core.texts.blaming import Span, Stage, blame
from parvis.core.texts.documents import Document
from parvis.core.texts.editing import Source, alternative, edited
from parvis.core.texts.histories import History, Version

CITIZEN = Source("contribution", "Contribution n° 572", "/debats/rn/contributions/572/", "l'État", date(2015, 11, 6))
SENATE = Source("amendment", "Amendement n° 23")


@given(st.lists(legal, min_size=1, max_size=5))
def test_a_blame_says_all_the_words_and_no_others(wordings):
    stages = [Stage(str(place), words, (str(place - 1),) if place else ()) for place, words in enumerate(wordings)]
    spans = blame(stages)
    assert "".join(span.words for span in spans) == wordings[-1]
    assert all(span.words for span in spans)
    assert {span.version for span in spans} <= {stage.version for stage in stages}


def test_words_that_stay_keep_the_version_that_brought_them():
    stages = [
        Stage("dépôt", "Le maire publie le rapport."),
        Stage("commission", "Le maire publie chaque année le rapport.", ("dépôt",)),
        Stage("séance", "Le maire publie chaque année, en ligne, le rapport.", ("commission",)),
    ]
    assert blame(stages) == (
        Span("Le maire publie ", "dépôt"),
        Span("chaque année", "commission"),
        Span(", en ligne,", "séance"),
        Span(" ", "commission"),
        Span("le rapport.", "dépôt"),
    )


def test_adopted_words_bear_their_source():
    base = "Le maire publie le rapport."
    edits = alternative("1er", base, "Le maire publie en ligne le rapport.", CITIZEN)
    last = "Le maire publie en ligne le rapport annuel."
    spans = blame([Stage("v1", base), Stage("v2", last, ("v1",), edits)])
    assert spans == (
        Span("Le maire publie ", "v1"),
        Span("en ligne ", "v2", (CITIZEN,)),
        Span("le rapport", "v1"),
        Span(" annuel", "v2"),  # what the version changed by itself: no source is made up
        Span(".", "v1"),
    )


def test_words_that_two_sources_asked_for_name_both():
    base = "Le maire publie."
    edits = [edit for source in (CITIZEN, SENATE) for edit in alternative("1er", base, "Le préfet publie.", source)]
    spans = blame([Stage("v1", base), Stage("v2", edited(base, edits), ("v1",), tuple(edits))])
    assert spans[1] == Span("préfet", "v2", (CITIZEN, SENATE))


def test_a_version_with_two_parents_takes_words_of_both():
    stages = [
        Stage("loi", "Le maire publie le rapport."),
        Stage("assemblée", "Le maire publie en ligne le rapport.", ("loi",)),
        Stage("sénat", "Le maire publie le rapport avant juin.", ("loi",)),
        Stage("commission mixte", "Le maire publie en ligne le rapport avant juin.", ("assemblée", "sénat")),
    ]
    assert {span.words.strip(): span.version for span in blame(stages)} == {
        "Le maire publie": "loi",
        "en ligne": "assemblée",
        "le rapport": "loi",
        "avant juin": "sénat",
        ".": "loi",
    }


def test_the_words_of_a_real_law_name_the_steps_that_brought_them(bills):
    """The first article of the law on the re-use of public-sector information, from the bill to the law."""
    history = History()
    for place, (name, document) in enumerate(bills["pjl15-034"].items()):
        history.add(Version(name, parents=(list(bills["pjl15-034"])[place - 1],) if place else ()), document)
    last = list(bills["pjl15-034"])[-1]
    for unit in history.document(last).units:
        spans = history.blame(unit, last)
        assert "".join(span.words for span in spans) == history.document(last).words(unit)
    steps = {span.version for unit in history.document(last).units for span in history.blame(unit, last)}
    assert {"00_1erelecture_assemblee_depot", "01_1erelecture_assemblee_commission", "06_cmp_cmp_commission"} <= steps


def test_a_unit_that_no_version_has_has_no_blame():
    history = History()
    history.add(Version("v1"), Document(()))
    assert history.blame("1er", "v1") == ()
