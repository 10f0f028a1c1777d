"""What a file is, is known by evidence; what cannot be known, or could harm, is refused and leaves nothing."""

import gzip
import io
import json
import random
import subprocess
import sys
import time
import zipfile

import duckdb
import pytest

from parvis.accountability.registers.procurement import REGISTER
from parvis.accountability.registers.procurement.reading import UnknownShape
from parvis.core.errors import ParvisError
from parvis.core.registers.checking import check
from parvis.core.registers.jsontext import BrokenJson, DuplicateField
from parvis.core.registers.sources import HEAD, DamagedSource, EmptySource, UnknownEncoding, UnknownFormat
from parvis.core.registers.strict import UnreadColumns
from parvis.core.registers.tables_of_text import BrokenTable
from parvis.core.registers.xmltext import BrokenXml, ForbiddenEntities

CONTRACT = {
    "id": "2024-1",
    "acheteur": {"id": "21750001600019", "nom": "Ville fictive d'Évreux-lès-Œufs"},
    "nature": "Marché",
    "objet": "Réfection « à l'identique »",
    "codeCPV": "45261910",
    "procedure": "Procédure adaptée",
    "lieuExecution": {"code": "75056", "typeCode": "Code commune"},
    "dureeMois": 12,
    "dateNotification": "2024-01-15",
    "datePublicationDonnees": "2024-02-01",
    "montant": 1000.5,
    "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "55204599900869"}}],
}


def package(*contracts: dict) -> str:
    return json.dumps({"marches": {"marche": list(contracts)}}, ensure_ascii=False, indent=1)


@pytest.fixture
def checked(tmp_path):
    """Check bytes under a file name; nothing may be left behind by a refusal."""

    def of(content: bytes, name: str = "marches.json"):
        path = tmp_path / name
        path.write_bytes(content)
        into = tmp_path / "release"
        try:
            return check(REGISTER, path, into)
        except ParvisError:
            assert not into.exists() or not list(into.iterdir())
            raise

    return of


def values(release, table: str, columns: str) -> list[tuple]:
    return duckdb.connect().execute(f"SELECT {columns} FROM '{release.tables[table]}'").fetchall()


def names(release) -> list[str]:
    return [name for (name,) in values(release, "contracts", "buyer_name")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_known_by_its_bytes(checked, encoding):
    assert names(checked(package(CONTRACT).encode(encoding))) == ["Ville fictive d'Évreux-lès-Œufs"]


def test_an_xml_file_may_declare_its_encoding(checked):
    xml = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><marches><marche><id>1</id>'
        "<acheteur><id>21750001600019</id><nom>Évry</nom></acheteur>"
        "<objet>Essai</objet><montant>12.50</montant></marche></marches>"
    )
    assert names(checked(xml.encode("latin-1"), "marches.xml")) == ["Évry"]


def test_a_compressed_file_and_an_archive_are_opened(checked, tmp_path):
    text = package(CONTRACT).encode()
    assert checked(gzip.compress(text), "marches.json.gz").rows["contracts"] == 1
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a/1.json", text)
        archive.writestr("b/2.json", package(CONTRACT | {"id": "2024-2"}))
    assert checked((tmp_path / "two.zip").read_bytes(), "both.zip").rows["contracts"] == 2


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", EmptySource, "vide"),
        (b" \n\t ", EmptySource, "vide"),
        (b"bonjour", UnknownFormat, "ni du JSON, ni du XML"),
        (b'{"autre": 1}', UnknownShape, "ne suit ni le format DECP"),
        (b'{"marches": {"marche": []}}', EmptySource, "aucune ligne"),
        (package(CONTRACT).encode()[:-40], BrokenJson, "coupé"),
        (package(CONTRACT).encode()[:400], BrokenJson, "coupé"),
        (package(CONTRACT).replace('"id": "2024-1",', '"id": 2024-1,').encode(), BrokenJson, "mal formé"),
        (package(CONTRACT).replace('"nature"', '"objet"').encode(), DuplicateField, "deux fois le champ « objet »"),
        (package(CONTRACT | {"inconnu": "x"}).encode(), UnreadColumns, "« inconnu »"),
        (b'{"marches": [' + b"[" * 200_000 + b"]" * 200_000 + b"]}", BrokenJson, "emboîtés"),
        (b'{"marches": [' + b'{"a":' * 200_000, BrokenJson, "emboîtés"),
        (bytes(range(256)) * 40, UnknownEncoding, "n'est pas un texte"),
        (b'{"marches": [' + bytes([0x81, 0x8D, 0x90, 0x9D]) * 400, UnknownEncoding, "ni UTF-8"),
        (b"<marches><marche><id>1</id>", BrokenXml, "coupé"),
        (b"id,id\n1,2\n", BrokenTable, "deux colonnes « id »"),
        (b"uid,inconnue\n1,2\n", UnreadColumns, "« inconnue »"),
        (b"uid,id\n1,2,3\n", BrokenTable, "3 cases"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(checked, content, error, said):
    with pytest.raises(error, match=said):
        checked(content)


def archived(text: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("marches.json", text)
    return whole.getvalue()


def altered(content: bytes) -> bytes:
    """Turn over one byte in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :]


LARGE = package(
    *(CONTRACT | {"id": f"F{number}", "objet": random.Random(number).randbytes(400).hex()} for number in range(2500))
).encode()
"""More than what is looked at to know an encoding, and than a stretch may hold at least."""


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (gzip.compress(LARGE)[:-400_000], DamagedSource, "coupée ou abîmée"),
        (gzip.compress(package(CONTRACT).encode())[:-20], DamagedSource, "coupée ou abîmée"),
        (altered(gzip.compress(LARGE)), DamagedSource, "coupée ou abîmée"),
        (archived(LARGE)[:-400_000], DamagedSource, "coupée ou abîmée"),
        (altered(archived(LARGE)), DamagedSource, "coupée ou abîmée"),
        (LARGE[:-800] + b"\xe9" + LARGE[-800:], DamagedSource, "0xe9"),
        (package(CONTRACT | {"objet": "demi"}).replace("demi", r"\uD83D").encode(), BrokenJson, "moitié d'un signe"),
        (package(CONTRACT | {"objet": "demi"}).replace("demi", r"\ude00").encode(), BrokenJson, "moitié d'un signe"),
    ],
    ids=["gzip cut", "gzip cut at once", "gzip altered", "zip cut", "zip altered", "byte", "half", "other half"],
)
def test_what_was_damaged_on_its_way_is_refused_whole(checked, content, error, said):
    assert len(LARGE) > HEAD
    with pytest.raises(error, match=said):
        checked(content)


def test_a_sign_escaped_in_two_halves_is_read(checked):
    text = package(CONTRACT | {"objet": "sourire"}).replace("sourire", r"\uD83D\uDE00")
    assert values(checked(text.encode()), "contracts", "object") == [("\N{GRINNING FACE}",)]


BOMB = """<!DOCTYPE marches [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><marches><marche><id>&c;</id></marche></marches>"""
OUTSIDE = '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]><marches><marche><id>&x;</id></marche></marches>'
REMOTE = '<!DOCTYPE m SYSTEM "http://127.0.0.1:9/x.dtd"><marches><marche><id>1</id></marche></marches>'


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, REMOTE], ids=["bomb", "outside", "remote"])
def test_no_entity_is_ever_opened(checked, xml):
    with pytest.raises(ForbiddenEntities, match="DOCTYPE"):
        checked(xml.encode(), "marches.xml")


def test_numbers_are_kept_as_they_are_written(checked):
    text = (
        package(CONTRACT).replace("1000.5", "1000.500000000000000001").replace('"dureeMois": 12', '"dureeMois": 012E')
    )
    with pytest.raises(BrokenJson):
        checked(text.encode())
    release = checked(package(CONTRACT).replace("1000.5", "1000.5019999999999999999").encode())
    said = values(release, "defects", "rule, original, value")
    assert ("montant-trop-precis", "1000.5019999999999999999", "1000.50") in said


def test_not_a_number_is_said_not_swallowed(checked):
    release = checked(package(CONTRACT).replace("1000.5", "NaN").encode())
    assert release.defect_counts["absence-ecrite"] == 1
    assert values(release, "contracts", "amount") == [(None,)]


def test_a_cell_may_hold_line_breaks(checked):
    head, buyer = "uid;id;acheteur_id;acheteur_nom;montant", "21750001600019"
    table = f'{head}\n{buyer}1;1;{buyer};"Ville\nfictive; dite ""X""";12,50\n'
    assert names(checked(table.encode(), "marches.csv")) == ['Ville\nfictive; dite "X"']


def test_garbage_of_a_gigabyte_is_refused_at_once(tmp_path):
    path = tmp_path / "garbage.json"
    noise = random.Random(1).randbytes(1 << 20)
    with path.open("wb") as file:
        file.write(noise)
        file.truncate(1 << 30)
    started = time.process_time()  # not the clock's: the machine may be busy
    with pytest.raises(UnknownEncoding):
        check(REGISTER, path, tmp_path / "release")
    assert time.process_time() - started < 5


def test_an_endless_element_is_refused_in_bounded_memory(tmp_path):
    path = tmp_path / "endless.json"
    with path.open("w") as file:
        file.write('{"marches": [{"objet": "')
        for _ in range(200):
            file.write("a" * (1 << 20))
    with pytest.raises(BrokenJson, match="millions de signes"):
        check(REGISTER, path, tmp_path / "release")


PEAK = r"""
import re, sys
from pathlib import Path
from parvis.accountability.registers.procurement import REGISTER
from parvis.core.registers.checking import check
checked = check(REGISTER, Path(sys.argv[1]), Path(sys.argv[2]))
print(checked.rows["contracts"], re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def test_memory_is_bounded_whatever_the_size(tmp_path):
    """A file of 200 MB is read within the 400 MB that DuckDB may hold and what Python needs: 650 MB at most."""
    path = tmp_path / "large.json"
    with path.open("w", encoding="utf-8") as file:
        file.write('{"marches": [')
        for number in range(62_000):
            contract = CONTRACT | {"id": f"F{number}", "objet": "fictif " * 400}
            file.write(("," if number else "") + json.dumps(contract, ensure_ascii=False))
        file.write("]}")
    assert path.stat().st_size > 200_000_000
    command = [sys.executable, "-c", PEAK, str(path), str(tmp_path / "release")]
    counted, peak = subprocess.run(
        command, check=True, capture_output=True, text=True, env={"PYTHONPATH": "src"}
    ).stdout.split()
    assert int(counted) == 62_000
    assert int(peak) / 1024 < 650


@pytest.mark.parametrize("wrap", [lambda text: text, gzip.compress], ids=["plain", "gzip"])
def test_progress_is_told_to_the_last_byte(tmp_path, wrap):
    path = tmp_path / "marches.json"
    path.write_bytes(wrap(package(*(CONTRACT | {"id": str(number)} for number in range(5_000))).encode()))
    told = []
    check(REGISTER, path, tmp_path / "release", lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert (len(told) > 1, told[-1], {total for _, total in told}) == (
        True,
        (path.stat().st_size, path.stat().st_size),
        {path.stat().st_size},
    )
