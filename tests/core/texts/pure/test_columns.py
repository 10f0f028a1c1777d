"""The three columns: words before, what each source proposes, words after."""

from hypothesis import given

from core.texts.pure.wordings import legal
from parvis.core.texts.columns import columns
from parvis.core.texts.comparing import Kind
from parvis.core.texts.conflicts import clashes
from parvis.core.texts.editing import Source, alternative, edited

FIRST, SECOND = Source("contribution", "Contribution n° 1"), Source("contribution", "Contribution n° 2")


def after(row):
    return "".join(change.after for change in row.after)


@given(legal, legal, legal)
def test_the_rows_hold_the_whole_unit_before_and_after(words, one, other):
    edits = [*alternative("1er", words, one, FIRST), *alternative("1er", words, other, SECOND)]
    rows = list(columns(words, edits))
    assert "".join(row.before for row in rows) == words
    for row in rows:
        for proposed in row.proposed:
            assert "".join(change.before for change in proposed.changes) == row.before
    found = tuple(clashes(words, edits))
    assert sorted(map(str, (pair for row in rows for pair in row.conflicts))) == sorted(map(str, found))
    if not found:
        assert "".join(map(after, rows)) == edited(words, edits)


def test_each_source_stands_beside_the_alinea_that_it_rewrites():
    words = "Le maire publie.\nIl transmet.\nUn décret fixe la liste."
    one = alternative("1er", words, words.replace("maire", "préfet"), FIRST)
    other = alternative("1er", words, words.replace("publie", "diffuse").replace("la liste", "les listes"), SECOND)
    rows = list(columns(words, [*one, *other]))
    assert [[proposed.source for proposed in row.proposed] for row in rows] == [[FIRST, SECOND], [], [SECOND]]
    assert [after(row) for row in rows] == ["Le préfet diffuse.\n", "Il transmet.\n", "Un décret fixe les listes."]


def test_a_row_in_conflict_has_no_words_after():
    words = "Le maire publie.\nIl transmet."
    edits = [
        *alternative("1er", words, words.replace("maire", "préfet"), FIRST),
        *alternative("1er", words, words.replace("maire", "conseil"), SECOND),
    ]
    first, second = columns(words, edits)
    assert first.after == ()
    assert [(pair.first, pair.second) for pair in first.conflicts] == [(FIRST, SECOND)]
    assert after(second) == "Il transmet."


def test_an_alinea_added_at_the_end_has_its_row():
    words = "Le maire publie."
    (row,) = columns(words, alternative("1er", words, words + "\nIl transmet.", FIRST))
    assert [change.kind for change in row.after] == [Kind.EQUAL, Kind.INSERT]
