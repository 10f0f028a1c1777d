"""French words are found however they are written, and SQL cuts them as Python does."""

import duckdb
import orjson
import pyarrow as pa
import pytest

from parvis.core.analyzer import WORDS, asked, words


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Rénovation de l'école", "écoles"),
        ("Rénovation de l’école", "ecole"),
        ("Œuvres d'art", "oeuvre"),
        ("Fourniture d'eau", "eaux"),
        ("TRAVAUX ROUTIERS", "travaux routiers"),
        ("Entretien des bibliothèques municipales", "bibliotheque municipale"),
        ("E\u0301tudes", "étude"),
    ],
)
def test_a_text_is_found_by_what_people_type(written, typed):
    found = {lexeme for alternatives in asked(written) for lexeme in alternatives}
    assert all(found & set(alternatives) for alternatives in asked(typed))


def test_stop_words_ask_nothing():
    assert asked("de la à l'") == []


def test_sql_cuts_real_texts_as_python_does(data):
    path = data / "registers/procurement/decp-v1/marches-publics.info_2019-03-07.json"
    texts = [contract["objet"] for contract in orjson.loads(path.read_bytes())["marches"] if contract.get("objet")]
    assert len(texts) > 4_000
    table = pa.table({"text": texts})
    connection = duckdb.connect()
    connection.register("texts", table)
    cut = connection.execute(f"select {WORDS.format(text='text')} from texts").fetchall()
    assert [row[0] for row in cut] == [words(text) for text in texts]
