"""What a person reads of the log, and the files that a tool reads: the commands shown do what they say."""

import csv
import io
import json
import subprocess
from base64 import b64decode

import pytest
from django.template import Context, Template

from parvis.core.ledger import actions as ledger
from parvis.core.ledger import naming
from parvis.core.ledger.notes import Verifier
from parvis.core.ledger.receipts import Receipt
from parvis.core.ledger.tiles import Tile, entries_of
from parvis.core.ledger.trees import check_consistency
from parvis.core.ledger.verifying import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(seal, at):
    """Three hundred published acts, the one in the middle erased."""
    entries = seal(300)
    ledger.sequence(at=at)
    ledger.erase(entry=entries[150], because="demande de la personne", at=at)
    return ledger.sequence(at=at)


def text(answer):
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_an_empty_log_says_so_and_has_no_file_yet(client, home):
    assert "Le journal est vide" in text(client.get("/journal/"))
    assert "Le journal est vide" in text(client.get("/journal/verifier/"))
    assert [client.get(f"/journal/{name}").status_code for name in ("checkpoint", "cle", "0/", "tile/0/000.p/1")] == [
        404
    ] * 4
    assert not (home.parent / "signing.key").exists(), "reading a page makes no key"


def test_the_head_shows_the_signed_note_and_the_last_entries(client, published):
    page = text(client.get("/journal/"))
    assert published.root in page
    assert 'href="/journal/300/"' in page
    assert 'href="/journal/250/"' not in page


def test_older_entries_are_one_step_away(client, published):
    older = client.get("/journal/?format=json").json()["older_url"]
    page = client.get(f"{older}&format=json").json()
    assert [entry["position"] for entry in page["entries"]][:2] == [250, 249]


def test_one_stream_is_read_alone(client, seal, at):
    seal(2)
    seal(1, stream="plan/france-2015-2017")
    ledger.sequence(at=at)
    page = client.get("/journal/?fil=plan/france-2015-2017&format=json").json()
    assert [entry["position"] for entry in page["entries"]] == [2]


def test_all_entries_are_downloaded_in_the_order_of_the_log(client, published):
    answer = client.get("/journal/?format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [int(row["position"]) for row in rows] == list(range(301))
    assert rows[150]["effacee"] == "True"


def test_an_entry_shows_its_content_its_salt_and_its_path(client, published):
    page = client.get("/journal/3/?format=json").json()
    assert page["opening"] == '{"content":{"number":3}}'
    assert page["path"][-1]["reached"] == bytes.fromhex(page["path"][-1]["reached"]).hex()
    html = text(client.get("/journal/3/"))
    assert all(shown in html for shown in (page["salt"], page["commitment"], page["root"], page["leaf_hash"]))


def test_an_erased_entry_shows_its_tombstone_and_nothing_else(client, published):
    html = text(client.get("/journal/150/"))
    assert "demande de la personne" in html
    assert 'href="/journal/300/"' in html
    assert "Sel" not in html
    assert client.get("/journal/150/contenu.json").status_code == 410
    assert "effacement de l’<a" in text(client.get("/journal/300/"))


def test_hidden_content_is_not_shown(client, seal, at):
    seal(1, hidden={"choice": "oui, bien caché"})
    ledger.sequence(at=at)
    for name in ("", "?format=json", "contenu.json", "feuille.json"):
        assert "caché" not in text(client.get(f"/journal/0/{name}"))
    assert "n’est pas public" in text(client.get("/journal/0/"))


def test_the_receipt_proves_the_entry_offline(client, published):
    answer = client.get("/journal/7/preuve.tlog-proof")
    assert answer["Content-Disposition"] == 'attachment; filename="journal-7.tlog-proof"'
    key = Verifier.from_text(text(client.get("/journal/cle")))
    leaf = client.get("/journal/7/feuille.json").content
    assert Receipt.from_text(text(answer)).check(leaf, key).size == 301


def shell(folder, commands):
    ran = subprocess.run(["/bin/sh", "-e", "-c", commands], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


@pytest.mark.parametrize("position", [0, 7, 255, 299, 300])
def test_the_commands_shown_make_the_proof_again(client, published, tmp_path, position):
    for name in ("feuille.json", "contenu.json"):
        (tmp_path / name).write_bytes(client.get(f"/journal/{position}/{name}").content)
    for name in ("checkpoint", "cle"):
        (tmp_path / name).write_bytes(client.get(f"/journal/{name}").content)
    page = client.get(f"/journal/{position}/?format=json").json()
    assert shell(tmp_path, page["opening_commands"])[0].split("= ")[1] == page["commitment"]
    assert shell(tmp_path, page["path_commands"]) == [page["root"]] * 2
    how = client.get("/journal/verifier/?format=json").json()
    assert shell(tmp_path, how["signature_commands"]) == ["Signature Verified Successfully"]
    (tmp_path / "checkpoint").write_text((tmp_path / "checkpoint").read_text().replace("301", "302"))
    with pytest.raises(AssertionError):
        shell(tmp_path, how["signature_commands"])


def test_the_files_are_cached_as_they_live(client, published):
    kept = {name: client.get(f"/journal/{name}") for name in ("checkpoint", "tile/0/000", "tile/entries/001.p/45")}
    assert kept["checkpoint"]["Cache-Control"] == "no-cache"
    assert kept["checkpoint"]["Content-Type"] == "text/plain; charset=utf-8"
    assert {kept[name]["Cache-Control"] for name in list(kept)[1:]} == {"public, max-age=31536000, immutable"}
    assert {kept[name]["Content-Type"] for name in list(kept)[1:]} == {"application/octet-stream"}
    assert len(kept["tile/0/000"].content) == 8192


def test_a_tile_that_no_head_covers_is_not_served(client, published, seal):
    seal(300)
    ledger._extend(ledger._give_places())
    assert (ledger.folder().path / "tile/0/001").exists()
    for name in ("tile/0/001", "tile/0/001.p/46", "tile/entries/001", "tile/1/000.p/2", "tile/0/../cle", "tile/2/000"):
        assert client.get(f"/journal/{name}").status_code == 404


@pytest.mark.parametrize("width", [1, 44])
def test_a_part_of_a_tile_that_no_head_ended_at_is_cut_from_a_wider_one(client, published, width):
    hashes, entries = (client.get(f"/journal/tile/{level}/001.p/{width}").content for level in ("0", "entries"))
    assert hashes == client.get("/journal/tile/0/001.p/45").content[: 32 * width]
    assert len(entries_of(entries, Tile("entries", 1, width))) == width


@pytest.mark.parametrize(
    "address",
    [
        "/journal/?avant=" + "9" * 5000,
        "/journal/?avant=" + "9" * 19,
        "/journal/depuis/?racine=x&taille=" + "9" * 5000,
        "/journal/?fil=%00",
        "/journal/?fil=plan%00/france",
    ],
    ids=lambda address: address[:30],
)
def test_what_names_no_place_of_the_log_is_not_found(client, published, address):
    assert client.get(address).status_code == 404


def test_the_served_log_verifies_by_its_address(live_server, seal, home, at):
    seal(600)
    kept = ledger.sequence(at=at).note
    seal(1)
    ledger.sequence(at=at)
    assert verify(f"{live_server.url}/journal/", since=kept).size == 601


def test_any_page_can_show_the_entries_of_its_object(seal, home, at):
    shown = Template('{% load ledger %}{% log_entries "registers/procurement" "r1" %}')
    assert "Aucune entrée" in shown.render(Context())
    seal()
    assert "En attente" in shown.render(Context())
    ledger.sequence(at=at)
    assert 'href="/journal/0/"' in shown.render(Context())


def test_leaves_are_read_as_they_are_hashed(client, published):
    leaf = client.get("/journal/0/feuille.json").content
    assert json.loads(leaf)["t"] == "release.published"
    assert verify(str(ledger.folder().path)).kinds == {"release.published": 300, "entry.erased": 1}


@pytest.fixture
def names(monkeypatch):
    monkeypatch.setitem(naming.KINDS, "release.published", "Version publiée")
    monkeypatch.setattr(naming, "ADDRESSES", [lambda stream, key: f"/{stream}/{key}/" if key == "r1" else None])


def test_acts_have_names_and_objects_their_page(client, published, names):
    page = text(client.get("/journal/"))
    assert "Version publiée" in page
    assert 'href="/registers/procurement/r1/"' in page


def test_a_kept_head_is_compared_with_the_log(client, seal, at):
    seal(300)
    kept = ledger.sequence(at=at)
    seal(300)
    ledger.sequence(at=at)
    assert "prolonge votre copie" in text(client.get("/journal/depuis/", {"taille": 300, "racine": kept.root}))
    proof = client.get("/journal/depuis/", {"taille": 300, "racine": kept.root, "format": "json"}).json()
    roots = (b64decode(kept.root), b64decode(proof["root"]))
    check_consistency(300, 600, roots, [b64decode(step) for step in proof["path"]])


@pytest.mark.parametrize(
    ("size", "root", "sentence"),
    [(299, "{}", "ne prolonge pas"), (601, "{}", "ne prolonge pas"), (300, "pas du base64", "recopie telle quelle")],
)
def test_a_head_that_is_not_ours_is_told_so(client, published, size, root, sentence):
    given = {"taille": size, "racine": root.format(published.root)}
    assert sentence in text(client.get("/journal/depuis/", given))


def test_the_front_page_and_the_site_map_lead_to_the_log(client, published):
    assert published.root in text(client.get("/"))
    assert 'href="/journal/depuis/"' in text(client.get("/plan-du-site/"))
