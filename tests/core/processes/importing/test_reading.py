"""Whatever a file holds, its good lines are read and its bad ones are said."""

import pytest

from parvis.core.processes.importing import rows
from parvis.core.processes.importing.judging import Rules, judge, linked
from parvis.core.processes.kinds import KINDS

RULES = Rules(KINDS.filled(), frozenset({"1", "2"}))


def file(tmp_path, content):
    path = tmp_path / "import"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def judged(path, rules=RULES):
    return linked(list(judge(rows.read(path), rules)), rules)


def reasons(path, rules=RULES):
    return [" ".join(one.reasons) for one in judged(path, rules)]


def test_json_lines_and_csv_say_the_same(tmp_path):
    lines = '{"id": "a", "kind": "comment", "unit": "1", "text": "Oui, bien"}\n'
    table = 'id;kind;unit;text\na;comment;1;"Oui, bien"\n'

    assert [one.row for one in judged(file(tmp_path, lines))] == [one.row for one in judged(file(tmp_path, table))]


def test_good_lines_enter_and_bad_ones_say_why(tmp_path):
    path = file(
        tmp_path,
        '{"kind": "comment", "text": "Bon"}\n'
        '{"kind": "comment", "text": \n'
        '["kind", "comment"]\n'
        '{"kind": "licorne", "text": "?"}\n'
        '{"kind": "comment"}\n'
        '{"kind": "comment", "text": "Bon", "unit": "99"}\n'
        '{"kind": "comment", "text": "Bon", "author": "moi@parvis.example"}\n'
        '{"kind": "comment", "text": "Bon", "couleur": "bleu"}\n'
        '{"kind": "comment", "text": "Bon", "received_at": "hier"}\n',
    )
    said = reasons(path)

    assert said[0] == ""
    assert "JSON mal formé" in said[1]
    assert "pas un objet" in said[2]
    assert "Espèce inconnue" in said[3]
    assert "manque" in said[4]
    assert "pas d'unité « 99 »" in said[5]
    assert "adresse" in said[6]
    assert "couleur" in said[7]
    assert "instant" in said[8]


def test_bytes_that_are_no_text_are_said_line_by_line(tmp_path):
    path = file(tmp_path, b'{"kind": "comment", "text": "\xff\xfe"}\n{"kind": "comment", "text": "Bon"}\n')

    assert reasons(path) == ["La ligne n'est pas en UTF-8.", ""]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03"], ids=["nothing", "binary"])
def test_a_file_that_is_no_text_is_refused_whole(tmp_path, content):
    with pytest.raises(rows.UnreadableImport, match=r"Rien n'a été gardé|n'est pas un texte"):
        list(rows.read(file(tmp_path, content)))


def test_deep_json_is_one_bad_line(tmp_path):
    path = file(tmp_path, '{"text": ' + "[" * 5_000 + "]" * 5_000 + "}\n" + '{"kind": "comment", "text": "Bon"}\n')

    assert [one.row is not None for one in judged(path)] == [False, True]


def test_a_line_cut_in_a_table_is_one_bad_line(tmp_path):
    path = file(tmp_path, "kind,text\ncomment,Bon\ncomment\n")

    assert reasons(path) == ["", "1 cases au lieu de 2."]


def test_what_bears_on_a_bad_line_is_bad_too(tmp_path):
    path = file(
        tmp_path,
        '{"id": "p", "kind": "proposal", "title": "T", "text": "P"}\n'
        '{"id": "a", "kind": "argument", "parent": "p", "side": "for", "text": "A"}\n'
        '{"id": "q", "kind": "proposal", "title": ""}\n'
        '{"id": "b", "kind": "argument", "parent": "q", "side": "for", "text": "B"}\n'
        '{"id": "c", "kind": "comment", "parent": "c", "text": "sur moi"}\n'
        '{"id": "d", "kind": "argument", "parent": "a", "side": "for", "text": "sur un argument"}\n',
    )
    said = reasons(path)

    assert said[:2] == ["", ""]
    assert "« q »" in said[3]
    assert "porte sur « c »" in said[4]
    assert "ne répond pas à" in said[5]


def test_two_lines_of_the_same_name_are_not_both_good(tmp_path):
    path = file(
        tmp_path, '{"id": "a", "kind": "comment", "text": "un"}\n{"id": "a", "kind": "comment", "text": "deux"}\n'
    )

    assert [one.row is not None for one in judged(path)] == [True, False]


NAMED = '{"kind": "comment", "text": "Bon", '


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (NAMED + '"author": null, "parent": null, "unit": null, "id": null, "votes_for": null}', ""),
        (NAMED + '"id": 12}', ""),
        (NAMED + '"author": ["Jeanne"]}', "« author » attend un texte"),
        (NAMED + '"author": true}', "« author » attend un texte"),
        (NAMED + '"author": "a\\u0000b"}', "« author » contient des octets qui ne sont pas du texte"),
        (NAMED + '"author": "\\u202eennaeJ"}', "« author » contient des marques invisibles"),
        (NAMED + '"notices": 5}', "« notices » n'est pas un champ d'ici"),
        (NAMED + '"notices": [{"source": "a"}, {"source": "a"}]}', "« notices » n'est pas un champ d'ici"),
    ],
)
def test_what_is_absent_is_absent_and_what_is_no_name_is_said(tmp_path, line, sentence):
    (found,) = judged(file(tmp_path, line + "\n"))

    assert sentence in " ".join(found.reasons)
    assert (found.row is not None) is (sentence == "")
    assert found.row is None or (found.row.author, found.row.parent, found.row.unit) == ("", "", "")


@pytest.mark.parametrize(
    ("table", "bad"),
    [
        ('kind,text\ncomment,"Jamais fermé\ncomment,Perdu\n', [(True, "des lignes 2 à 3")]),
        (f"kind,text\ncomment,{'x' * 140_000}\ncomment,Bon\n", [(True, "à la ligne 2"), (False, "")]),
        ('kind,text\ncomment,"Bon" pour moi\ncomment,Bon\n', [(True, "à la ligne 2"), (False, "")]),
        ("kind;text;;\ncomment;Bon;;\ncomment;Bon;;Une note\n", [(False, ""), (True, "« colonne 4 » n'est pas un")]),
    ],
    ids=["never closed", "without end", "out of place", "without a name"],
)
def test_a_table_torn_somewhere_is_said_with_its_lines_and_goes_on(tmp_path, table, bad):
    found = judged(file(tmp_path, table))

    assert [one.row is None for one in found] == [is_bad for is_bad, _ in bad]
    assert all(sentence in " ".join(one.reasons) for one, (_, sentence) in zip(found, bad, strict=True))
    assert all(one.written.text for one in found)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("kind,text,text\ncomment,Un,Deux\n", "nomme plusieurs fois « text »"),
        (b"\xef\xbb\xbf", "Rien n'a été gardé"),
        ("\n\n", "n'a pas de ligne d'en-tête"),
        ('kind,"text\ncomment,Bon\n', "L'en-tête ne se lit pas"),
    ],
)
def test_a_table_whose_header_cannot_be_trusted_is_refused_whole(tmp_path, content, sentence):
    with pytest.raises(rows.UnreadableImport, match=sentence):
        list(rows.read(file(tmp_path, content)))
