"""Each page says what it should, at one address, in its three formats."""

import csv
import html
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import orjson
import pyarrow.parquet as pq
import pytest
from django.urls import reverse

from parvis.core.registers import actions, views
from parvis.core.registers.asking import KEPT, Question, answered, questions_of
from parvis.core.registers.downloads import FORMATS
from parvis.core.registers.filters import Filters
from parvis.core.registers.models import Release, current_folders
from parvis.core.registers.shelf import REGISTERS

OF = {"register": "procurement"}


@pytest.fixture
def release(contracts):
    return contracts[0]


@pytest.fixture
def place(contracts):
    return contracts[1]


def read(client, view, query="", **named):
    return client.get(reverse(view, kwargs={**OF, **named}) + query)


def text(response):
    return html.unescape(response.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def test_the_register_says_where_it_comes_from_and_how_good_it_is(client, release):
    page = text(read(client, "register"))
    for source in REGISTERS["procurement"].sources:
        assert source.address in page
    for rule, count in release.defects.items():
        assert rule in page
        assert f"{count:,}".replace(",", " ") in page
    assert release.hash[:12] in page


def test_the_list_is_the_same_in_its_three_formats(client, release, place):
    query = "?annee=2018&procedure=Procédure adaptée"
    shown = orjson.loads(read(client, "register-rows", query + "&format=json").content)
    assert shown["total"]["rows"] > 50
    downloaded = b"".join(read(client, "register-rows", query + "&format=csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(downloaded)))
    assert len(rows) == shown["total"]["rows"]
    assert [row["uid"] for row in rows[:50]] == [row["uid"] for row in shown["found"]]
    page = text(read(client, "register-rows", query))
    assert "Année de notification : 2018" in page
    assert shown["found"][0]["object"][:20] in page


def test_a_chip_leads_to_the_list_without_its_filter(client, release):
    shown = orjson.loads(read(client, "register-rows", "?annee=2018&q=travaux&format=json").content)
    without_year = next(chip["url"] for chip in shown["chips"] if "2018" in chip["label"])
    assert "annee" not in without_year
    assert "q=travaux" in without_year


def test_an_unknown_filter_is_said_and_nothing_is_listed(client, release):
    response = read(client, "register-rows", "?procedur=x")
    assert response.status_code == 400
    assert "« procedur » n'est pas un filtre" in text(response)


def test_a_list_without_rows_says_how_to_go_on(client, release):
    assert "Retirez-en un" in text(read(client, "register-rows", "?q=introuvable"))


def test_a_contract_shows_its_defects_with_the_original(client, release):
    defects = orjson.loads(read(client, "register-defects", "?regle=date-avec-fuseau&format=json").content)
    key, original = next((found["key"], found["original"]) for found in defects["found"] if found["key"])
    page = text(read(client, "register-row", key=key))
    assert release.hash[:12] in page
    assert original in page
    shown = orjson.loads(read(client, "register-row", "?format=json", key=key).content)
    assert shown["record"]["uid"] == key
    assert len(shown["versions"]) >= 1
    assert set(shown["linked"]) == {"suppliers"}


def test_a_supplier_leads_to_its_buyers_and_its_contracts(client, release, place):
    (supplier,) = place.catalogue.read(
        "select id from parties where role = 'titulaires' and rows > 2 order by rows desc, id limit 1"
    )[0]
    page = orjson.loads(read(client, "register-party", "?format=json", role="titulaires", key=supplier).content)
    assert sum(month["rows"] for month in page["months"]) <= page["totals"]["rows"]
    assert page["partners"][0]["role"] == "acheteurs"
    listed = orjson.loads(read(client, "register-rows", f"?titulaires={supplier}&format=json").content)
    assert listed["total"]["rows"] == page["totals"]["rows"]


@pytest.mark.parametrize("question", ["qui-achete", "a-qui", "combien-par-mois"])
def test_a_question_shows_its_sql_its_releases_and_its_hash(client, release, question):
    shown = orjson.loads(read(client, "register-question", "?format=json", question=question).content)
    page = text(read(client, "register-question", question=question))
    assert shown["result_hash"] in page
    assert release.hash[:12] in page
    assert "<svg" in page
    downloaded = b"".join(read(client, "register-question", "?format=csv", question=question).streaming_content)
    assert len(list(csv.DictReader(io.StringIO(downloaded.decode())))) == shown["count"] > 1


def test_an_answer_is_written_in_french_words_and_figures(client, release):
    page = text(read(client, "register-question", question="combien-par-mois"))
    assert "Maximum des accords-cadres" in page
    assert "janvier 2019" in page
    assert "1er janvier 2019" not in page.partition("<summary>Voir les chiffres")[2].partition("</table>")[0]
    years = text(read(client, "register-question", question="modifications"))
    assert ">Année<" in years
    assert "2 019" not in years


def test_every_page_counts_the_same_rows(client, release, place):
    count = place.catalogue.total(Filters()).rows
    assert count < release.rows["contracts"]  # the release also has former versions
    shown = f"{count:,}".replace(",", " ") + " marchés"
    for view in ("registers", "home"):
        assert shown in text(client.get(reverse(view)))
    assert shown in text(read(client, "register-rows"))


def test_every_way_into_a_register_is_open(client, release):
    doors = read(client, "register", "?format=json").json()["doors"]
    assert [door["label"] for door in doors][:4] == ["La liste", "Acheteurs", "Titulaires", "Questions"]
    assert {client.get(door["url"]).status_code for door in doors} == {200}


def test_a_question_that_takes_too_long_is_given_up_with_a_sentence(client, release, monkeypatch):
    endless = Question("sans-fin", "Sans fin ?", "select count(*) from range(100000000000) a where a.range % 7 = 3")
    monkeypatch.setattr(views, "questions_of", lambda _: {"sans-fin": replace(endless, seconds=0.2)})
    for query in ("", "?format=csv"):
        response = read(client, "register-question", query, question="sans-fin")
        assert response.status_code == 503
        assert "plus de 0,2 secondes" in text(response)
        assert "refaire le calcul chez soi" in text(response)


def test_a_long_answer_is_cut_in_its_page_and_whole_in_its_downloads(client, release, monkeypatch):
    long = Question("longue", "Longue ?", "select range as n from range(12000) order by n")
    monkeypatch.setattr(views, "questions_of", lambda _: {"longue": long})
    shown = orjson.loads(read(client, "register-question", "?format=json", question="longue").content)
    assert (shown["count"], shown["kept"], len(shown["answer"])) == (12_000, KEPT, KEPT)
    assert "Les téléchargements les ont toutes" in text(read(client, "register-question", question="longue"))
    for kind, lines in (("csv", 12_001), ("jsonl", 12_000)):
        whole = b"".join(read(client, "register-question", f"?format={kind}", question="longue").streaming_content)
        assert whole.count(b"\n") == lines


@pytest.mark.once
def test_every_answer_is_downloaded_whole_in_every_format(client, release):
    for slug, question in questions_of(REGISTERS["procurement"]).items():
        count = answered(current_folders(), question).count
        as_csv, as_lines, as_parquet = (
            b"".join(read(client, "register-question", f"?format={kind}", question=slug).streaming_content)
            for kind in FORMATS
        )
        assert len(list(csv.DictReader(io.StringIO(as_csv.decode())))) == count, slug
        assert as_lines.count(b"\n") == count, slug
        assert pq.read_metadata(io.BytesIO(as_parquet)).num_rows == count, slug


def test_all_the_flags_are_listed_with_a_reason(client, release):
    shown = orjson.loads(read(client, "register-flags", "?format=json").content)
    assert len(shown["flags"]) == 73
    assert all(flag["because"] for flag in shown["flags"])
    assert "jamais une preuve ni un verdict" in text(read(client, "register-flags"))


def test_a_release_gives_its_files_as_they_were_sealed(client, release):
    import hashlib

    manifest = b"".join(read(client, "register-files", release=release.hash, name="manifest.json").streaming_content)
    assert hashlib.sha256(manifest).hexdigest() == release.hash
    for file in orjson.loads(manifest)["files"]:
        body = b"".join(read(client, "register-files", release=release.hash, name=file["name"]).streaming_content)
        assert hashlib.sha256(body).hexdigest() == file["sha256"]
    assert read(client, "register-files", release=release.hash, name="parvis.sqlite3").status_code == 404


def test_a_withdrawn_release_says_why_and_serves_nothing(client, release):
    actions.withdraw(release=release, because="Mauvais exercice.", at=datetime(2024, 3, 2, tzinfo=UTC))
    response = read(client, "register-files", release=release.hash, name="manifest.json")
    assert response.status_code == 410
    assert "Mauvais exercice." in text(response)
    assert "Mauvais exercice." in text(read(client, "register-release", release=release.hash))


def test_refused_records_come_with_their_reasons(client, db, data):
    path = data / "registers/procurement/decp-v1/marches-publics.info_2019-03-07.json"
    register = REGISTERS.filled()["procurement"]
    release = actions.publish(register=register, source="aws", path=path, at=datetime(2024, 3, 1, tzinfo=UTC))
    body = b"".join(read(client, "register-refused", release=release.hash).streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(body)))
    assert len(rows) == release.rows["refused"]
    assert all(row["reasons"] and row["record"] for row in rows)


def test_invented_data_are_said_over_every_page(client, release):
    assert "inventées pour la démonstration" not in text(client.get(reverse("home")))
    register = REGISTERS["communes"]
    later = release.loaded_at + timedelta(days=1)
    actions.publish(register=register, source="essai", path=register.folder / "sample.csv", at=later, fictitious=True)
    for name in ("home", "registers"):
        assert "inventées pour la démonstration : Communes" in text(client.get(reverse(name)))


def test_a_register_without_release_says_so(client, db):
    assert Release.objects.count() == 0
    assert "Aucune version" in text(client.get(reverse("register", args=["communes"])))
    response = client.get(reverse("register-schema", args=["communes"]))
    assert "Place de la mairie" in text(response)
    assert client.get(reverse("register", args=["water"])).status_code == 404
