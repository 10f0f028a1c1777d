"""What a person sees of a text: its dossier, an article through its versions, two versions side by side."""

import csv
import hashlib
import json
from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.texts.pages.small import CHANGED, FILED, VOTED, law
from parvis.core.texts import actions
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.editing import Source, alternative
from parvis.core.texts.keeping import kept
from parvis.core.texts.kinds import ReadVersion
from parvis.core.texts.merging import apply

LAW = "/textes/loi-des-places/"


class Words(HTMLParser):
    """The words of a page's main part, as a screen reader says them."""

    def __init__(self, page):
        super().__init__()
        self.said = []
        self.feed(page.split("<main", 1)[1].split("</main>")[0].split(">", 1)[1])

    def handle_data(self, data):
        self.said.append(data)

    def handle_endtag(self, tag):
        if tag in {"p", "li", "td", "th", "h2"}:
            self.said.append(" ")

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.said.append(" ")

    def __str__(self):
        return " ".join("".join(self.said).split())


def said(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return str(Words(answer.content.decode()))


def test_the_list_tells_each_text(small, client):
    (row,) = csv.DictReader(client.get("/textes/?format=csv").getvalue().decode().splitlines())

    assert (row["slug"], row["versions"], row["last_version"]) == ("loi-des-places", "3", "Texte voté")
    assert "Fictif" in said(client, "/textes/")


def test_the_dossier_tells_what_each_step_changed(small, client):
    text = said(client, LAW)

    assert "1 créé 1 modifié, jusqu’à 16 % 1 inchangé 3 adoptés, 12 rejetés" in text
    assert "1 supprimé 2 inchangés" in text


def test_the_dossier_follows_each_article(small, client):
    units = {one["uid"]: one for one in json.loads(client.get(f"{LAW}?format=json").content)["units"]}

    assert [cell["state"] for cell in units["1er"]["cells"]] == ["new", "changed", "same"]
    assert [cell["state"] for cell in units["2"]["cells"]] == ["new", "same", "gone"]
    assert [cell["state"] for cell in units["3"]["cells"]] == ["absent", "new", "same"]


def test_an_article_is_read_with_its_versions(small, client):
    text = said(client, f"{LAW}articles/1er/")

    assert "ouvertes à tous, à toute heure." in text
    assert "modifié, 16 % des mots" in text
    assert "Article 3 →" in text
    assert "Aucun débat ne porte sur cet article." in text


def test_a_former_version_says_that_it_is_one(small, client):
    text = said(client, f"{LAW}articles/1er/?version=depot")

    assert "ouvertes à tous. Nul" in text
    assert "Ce n’est pas la dernière version" in text


def test_an_article_gone_is_read_as_it_last_was(small, client):
    assert "Le maire tient la carte des places." in said(client, f"{LAW}articles/2/")


def test_two_versions_face_each_other_and_changes_are_said(small, client):
    address = f"{LAW}articles/1er/comparer/?de=depot&a=seance"
    page = client.get(address).content.decode()

    assert "[ajouté : , à toute heure]" in said(client, address)
    assert "<ins>" in page
    assert page.count("Nul ne peut y faire obstacle.") == 2


def test_the_whole_text_shows_what_changes_only(small, client):
    text = said(client, f"{LAW}comparer/?de=depot&a=seance")

    assert "1 article créé, 1 modifié, 1 supprimé, 0 inchangé" in text
    assert "[supprimé : Le maire tient la carte des places.]" in text


def test_versions_in_the_wrong_order_are_said_and_put_right(small, client):
    text = client.get(f"{LAW}comparer/?de=seance&a=depot").content.decode()

    assert "« Texte voté » vient après « Texte déposé »" in text
    assert "?de=depot&amp;a=seance" in text


def test_a_version_compared_to_itself_is_said(small, client):
    assert "rien ne peut changer" in said(client, f"{LAW}articles/1er/comparer/?de=depot&a=depot")


def test_three_columns(small, client):
    rows = csv.DictReader(
        client.get(f"{LAW}tableau/?de=depot&a=commission&format=csv").getvalue().decode().splitlines()
    )
    first = next(iter(rows))

    assert first["before"] == "Les places publiques sont ouvertes à tous."
    assert first["after"] == "Les places publiques sont ouvertes à tous, à toute heure."
    assert json.loads(first["proposed"])[0]["by"] == "Texte de la commission"


@pytest.fixture
def adopted(small, at):
    """A version whose words come from a contribution."""
    source = Source("contribution", "contribution n° 7", "/debats/places/contributions/7/", "Ville", date(2026, 3, 9))
    edits = alternative("1er", CHANGED, CHANGED.replace("Nul ne", "Personne ne"), source)
    made = apply(VOTED, edits)
    return actions.publish_version(
        text=small,
        document=made.document,
        slug="consolide",
        title="Texte consolidé",
        parents=[small.newest],
        edits=kept(edits),
        at=at,
    )


def test_blame_names_the_version_or_the_contribution_of_each_run(adopted, client):
    lines = csv.DictReader(client.get(f"{LAW}articles/1er/origine/?format=csv").getvalue().decode().splitlines())
    origins = {row["words"].strip(): (row["version"], json.loads(row["sources"])) for row in lines}

    assert origins[", à toute heure"] == ("commission", [])
    said_of_it = "Ces mots viennent de la contribution n° 7, adoptée par Ville le 09/03/2026"
    assert origins["Personne"] == ("consolide", [said_of_it])
    assert "/debats/places/contributions/7/" in client.get(f"{LAW}articles/1er/origine/").content.decode()


def test_blame_of_a_former_version_stops_there(adopted, client):
    page = said(client, f"{LAW}articles/1er/origine/?version=depot")

    assert "contribution" not in page
    assert "100 % du texte" in page


def test_three_columns_name_the_contribution(adopted, client):
    assert "Contribution n° 7, adoptée par Ville" in said(client, f"{LAW}tableau/?de=seance&a=consolide")


def test_search_finds_and_marks(small, client):
    page = client.get("/textes/recherche/?q=cartes+gratuites").content.decode()

    assert "<mark>gratuite</mark>" in page
    assert f"{LAW}articles/3/" in page
    assert "Aucun article n’a tous ces mots" in said(client, "/textes/recherche/?q=péage")


def test_search_says_that_an_article_is_gone(small, client):
    assert "(n’y est plus depuis)" in said(client, "/textes/recherche/?q=maire")


def test_the_plain_export_has_the_sealed_fingerprint(small, client):
    answer = client.get(f"{LAW}versions/depot/export.txt")

    assert hashlib.sha256(answer.content).hexdigest() == FILED.sha256
    assert answer["Repr-Digest"].startswith("sha-256=:")


def test_exports_say_source_licence_and_fingerprint(small, client):
    plain = client.get(f"{LAW}versions/depot/export.md").content.decode()
    structured = json.loads(client.get(f"{LAW}versions/depot/export.json").content)

    assert f"Empreinte SHA-256 du texte brut : {FILED.sha256}" in plain
    assert "- Licence : CC0" in plain
    assert structured["version"]["sha256"] == FILED.sha256
    assert [one["words"] for one in structured["passages"]] == [one.words for one in FILED.passages]


@pytest.mark.parametrize(
    ("address", "sentence", "way_back"),
    [
        ("/textes/absent/", "Aucun texte ne s’appelle « absent »", "/textes/"),
        (f"{LAW}versions/v9/", "n’a pas de version « v9 ». Il en a 3", LAW),
        (f"{LAW}articles/99/", "n’a pas d’article « 99 », dans aucune de ses versions", LAW),
        (
            f"{LAW}articles/3/?version=depot",
            "n’est pas dans la version « Texte déposé »",
            f"{LAW}articles/3/?version=",
        ),
        (f"{LAW}articles/1er/?version=v9", "n’a pas de version « v9 »", LAW),
        (f"{LAW}comparer/?de=v9", "n’a pas de version « v9 »", LAW),
        (f"{LAW}versions/depot/export.exe", "ne se télécharge pas en « exe »", f"{LAW}versions/depot/"),
    ],
)
def test_what_is_not_there_is_said_with_a_way_back(small, client, address, sentence, way_back):
    answer = client.get(address)

    assert answer.status_code == 404
    assert sentence in answer.content.decode()
    assert f'href="{way_back}' in answer.content.decode()


@pytest.mark.parametrize(
    "place", ["articles/1er/", "versions/seance/", "articles/1er/comparer/", "articles/1er/origine/", "tableau/"]
)
def test_reading_takes_few_questions(small, client, place):
    client.get(LAW + place)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LAW + place).status_code == 200
    assert len(asked) <= 8


def test_no_page_for_all_asks_a_token(small, client):
    for place in ("", "articles/1er/", "comparer/", "tableau/"):
        answer = client.get(LAW + place)
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert not answer.cookies


def test_the_log_leads_to_the_version(small):
    from parvis.core.ledger import naming

    assert naming.address("textes/loi-des-places", "depot") == f"{LAW}versions/depot/"
    assert naming.address("textes/loi-des-places", "crpa") == LAW
    assert naming.address("textes/absent", "") is None


def test_akoma_ntoso_leaves_valid_with_what_the_version_changes(adopted, client):
    from lxml import etree

    answer = client.get(f"{LAW}versions/consolide/export.akn.xml")
    root = etree.fromstring(answer.content)

    assert answer["Content-Type"] == "application/akn+xml"
    assert root.tag == "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}akomaNtoso"
    assert "Personne ne peut y faire obstacle." in "".join(root.itertext())
    assert root.findall(".//{*}textualMod")


def as_written(path):
    """Read a snapshot of the code by its numbers as they are written: « D. 312-1-3 » is not « D312-1-3 »."""
    articles = [json.loads(line) for line in path.read_bytes().splitlines()]
    return Document(
        tuple(Passage(one["num"].replace(" ", "_").replace(".", "_"), one["num"], one["text"]) for one in articles)
    )


def test_an_article_renumbered_in_the_real_code_is_one_article(db, data, client, at):
    folder = data / "workflows" / "law" / "crpa"
    versions = tuple(
        ReadVersion(f"v{day}", f"Au {day}", as_written(folder / f"{day}.jsonl"), date.fromisoformat(day), parents=more)
        for day, more in (("2020-01-08", ()), ("2026-02-05", ("v2020-01-08",)))
    )
    actions.publish_text(read=law("code", versions=versions), at=at)
    told = client.get("/textes/code/comparer/?format=json").json()
    (one,) = (unit for unit in told["units"] if unit["state"] == "renumbered")

    # Of 472 articles then and 474 now, 9 left and 11 came by their numbers: one of them is the same.
    assert (told["counts"]["gone"], told["counts"]["new"], told["counts"]["renumbered"]) == (8, 10, 1)
    assert {one["renumbered_from"], one["title"]} == {"D. 312-1-3", "Article D312-1-3"}
    assert "Était l’article D. 312-1-3." in said(client, "/textes/code/comparer/")
    assert "est devenu l’article" in said(client, one["url"])
    rows = client.get("/textes/code/tableau/?format=json").json()["units"]
    assert not any("312-1-3" in unit["title"] and unit["uid"] != one["uid"] for unit in rows)
