"""A file of rows becomes tables, or is refused with the line to mend: nothing is computed of a blank cell."""

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from parvis.core.errors import ParvisError
from parvis.core.simulators.identity import table_hash
from parvis.core.simulators.populations.chunks import chunks, even
from parvis.core.simulators.populations.layouts import layout
from parvis.core.simulators.populations.sources import Source

HEADER = (
    "individu,menage,menage.role,famille,famille.role,foyer_fiscal,foyer_fiscal.role,date_naissance,salaire_de_base,"
    "loyer:2024-01"
)
ADA = "ada,m1,personne_de_reference,f1,parent,t1,declarant,1985-03-12,30000,700"
BOB = "bob,m1,conjoint,f1,parent,t1,declarant,1984-01-01,0,700"
EVE = "eve,m1,enfant,f1,enfant,t1,personne_a_charge,2015-05-05,0,700"
DAN = "dan,m2,personne_de_reference,f2,demandeur,t2,declarant_principal,1970-01-01,12.5,0"


@pytest.fixture
def read(openfisca, tmp_path):
    """Write lines in a file, and read it."""

    def parts(*lines, name="menages.csv", rows=50_000, ignored=()):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return list(read_path(openfisca, path, rows, ignored))

    return parts


def read_path(openfisca, path, rows=50_000, ignored=()):
    source = Source(path)
    return chunks(source, layout(openfisca.card(), openfisca.fields(), source.columns, "2024", ignored), rows)


def test_one_row_a_person_makes_persons_and_their_groups(read):
    (part,) = read(HEADER, ADA, BOB, EVE, DAN)
    persons, homes = part.table.entities["individu"], part.table.entities["menage"]

    assert (persons.count, homes.count) == (4, 2)
    assert persons.columns["salaire_de_base", "2024"].tolist() == [30000, 0, 0, 12.5]
    assert persons.columns["date_naissance", "eternity"][0] == np.datetime64("1985-03-12")
    assert homes.columns["loyer", "2024-01"].tolist() == [700, 0]
    assert persons.groups["menage"].rows.tolist() == [0, 0, 0, 1]
    assert persons.groups["menage"].roles.tolist() == [0, 1, 2, 0]
    assert persons.groups["famille"].roles.tolist() == [0, 0, 1, 2]
    assert part.ids["menage"].to_pylist() == ["m1", "m2"]


def couples(count):
    """Write the lines of households of two."""
    return [
        f"p{n}-{k},m{n},{role},f{n},{kind},t{n},{held},1985-03-12,1,0"
        for n in range(count)
        for k, role, kind, held in (
            (0, "personne_de_reference", "parent", "declarant"),
            (1, "enfant", "enfant", "personne_a_charge"),
        )
    ]


def test_a_part_never_cuts_a_group(read):
    found = read(HEADER, *couples(15_000), rows=5_000)

    assert len(found) == 6
    assert max(part.rows for part in found) <= 5_000
    assert sum(part.rows for part in found) == 30_000
    for part in found:
        sizes = np.bincount(part.table.entities["individu"].groups["menage"].rows)
        assert set(sizes) == {2}


def test_every_process_computes_as_many_parts_as_the_others(read):
    sizes = [part.rows for part in read(HEADER, *couples(15_000), rows=even(30_000, most=8_000, processes=3))]

    assert sum(sizes) == 30_000
    assert len(sizes) == 6
    assert max(sizes) - min(sizes) < 200


def test_a_group_larger_than_a_part_is_whole(read):
    crowd = [f"c{n},m,autre,c{n},parent,c{n},declarant,1985-03-12,1,0" for n in range(300)]
    found = read(HEADER, *crowd, *couples(100), rows=100)

    assert [part.rows for part in found if part.rows > 100] == [300]


def test_semicolons_and_parquet_are_read_the_same(read, openfisca, tmp_path):
    (first,) = read(HEADER, ADA, BOB)
    (second,) = read(*(line.replace(",", ";") for line in (HEADER, ADA, BOB)), name="points.csv")
    path = tmp_path / "menages.parquet"
    duckdb.connect().execute(
        f"copy (select * replace (salaire_de_base::double as salaire_de_base, date_naissance::date as date_naissance) "
        f"from read_csv('{tmp_path}/menages.csv', all_varchar = true)) to '{path}'"
    )
    (third,) = read_path(openfisca, path)

    for part in (second, third):
        for entity, rows in first.table.entities.items():
            assert {key: column.tolist() for key, column in rows.columns.items()} == {
                key: column.tolist() for key, column in part.table.entities[entity].columns.items()
            }


KINDS = {
    "texts": pa.array,
    "large texts": lambda words: pa.array(words, pa.large_string()),
    "places among texts": lambda words: pa.array(words, pa.large_string()).dictionary_encode(),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_texts_of_a_parquet_are_read_however_it_holds_them(read, openfisca, tmp_path, kind):
    (expected,) = read(HEADER, ADA, BOB, EVE, DAN)
    rows = zip(*(line.split(",") for line in (ADA, BOB, EVE, DAN)), strict=True)
    pq.write_table(pa.table(dict(zip(HEADER.split(","), map(kind, rows), strict=True))), tmp_path / "x.parquet")
    (found,) = read_path(openfisca, tmp_path / "x.parquet")

    assert table_hash(found.table) == table_hash(expected.table)
    assert {entity: ids.to_pylist() for entity, ids in found.ids.items()} == {
        entity: ids.to_pylist() for entity, ids in expected.ids.items()
    }


def parquet_of(path, homes):
    """Write persons alone in their family and tax household, in homes of these numbers."""
    count = len(homes)
    alone = {"famille": range(count), "foyer_fiscal": range(count), "menage": homes}
    roles = {"famille": "demandeur", "foyer_fiscal": "declarant", "menage": "autre"}
    columns = {key: pa.array(list(numbers)) for key, numbers in alone.items()}
    columns |= {f"{key}.role": pa.array([role] * count) for key, role in roles.items()}
    pq.write_table(pa.table({**columns, "salaire_de_base": pa.array([1.0] * count)}), path)


def test_groups_of_a_parquet_come_in_any_order_but_together(openfisca, tmp_path):
    parquet_of(tmp_path / "x.parquet", [7, 7, 3, 9])
    (found,) = read_path(openfisca, tmp_path / "x.parquet")
    assert found.table.entities["individu"].groups["menage"].rows.tolist() == [0, 0, 1, 2]

    parquet_of(tmp_path / "y.parquet", [7, 3, 7, 9])
    with pytest.raises(ParvisError, match=r"les lignes de « 7 » ne se suivent pas.*Lignes 1, 3"):
        next(read_path(openfisca, tmp_path / "y.parquet"))


def test_a_column_of_a_parquet_is_named_once(tmp_path):
    twice = pa.table([pa.array([1.0]), pa.array([2.0])], names=["earned", "earned"])
    pq.write_table(twice, tmp_path / "x.parquet")

    with pytest.raises(ParvisError, match="« earned » y est deux fois"):
        assert Source(tmp_path / "x.parquet").columns


def test_one_row_a_household_is_one_family_and_one_tax_household(read):
    (part,) = read(
        "menage,loyer:2024-01,1.date_naissance,1.salaire_de_base,2.date_naissance,2.salaire_de_base,3.date_naissance",
        "m1,700,1985-03-12,30000,1984-01-01,0,2015-05-05",
        "m2,0,1970-01-01,12.5,,,",
    )
    persons = part.table.entities["individu"]

    assert persons.columns["salaire_de_base", "2024"].tolist() == [30000, 0, 0, 12.5]
    assert persons.groups["foyer_fiscal"].rows.tolist() == [0, 0, 0, 1]
    assert persons.groups["menage"].roles.tolist() == [0, 1, 2, 0]
    assert part.ids["individu"].to_pylist() == ["m1.1", "m1.2", "m1.3", "m2.1"]


def test_a_header_is_read_as_its_rows_are(tiny, tmp_path):
    (tmp_path / "x.csv").write_text('"person","earned"\n"a, b","10"\n')
    (part,) = read_path(tiny, tmp_path / "x.csv")

    assert part.ids["person"].to_pylist() == ["a, b"]
    assert part.table.entities["person"].columns["earned", "2024"].tolist() == [10]


def test_a_file_without_rows_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("person,earned\n")

    with pytest.raises(ParvisError, match="n'a que son en-tête"):
        Source(tmp_path / "x.csv").count()


def test_a_model_without_groups_has_one_row_a_row(tiny, tmp_path):
    (tmp_path / "x.csv").write_text("person,earned\na,10\nb,20\n")
    (part,) = read_path(tiny, tmp_path / "x.csv")

    assert part.table.entities["person"].columns["earned", "2024"].tolist() == [10, 20]


def test_columns_that_are_for_someone_else_are_passed_by_name_only(read):
    lines = [HEADER + ",poids", ADA + ",12"]

    assert len(read(*lines, ignored=("poids",))) == 1
    with pytest.raises(ParvisError, match="La colonne « poids »"):
        read(*lines)


def swap(line, **cells):
    """Return a line with other cells."""
    names = HEADER.split(",")
    said = dict(zip(names, line.split(","), strict=True)) | {
        name.replace("__", ".").replace("_at_", ":"): v for name, v in cells.items()
    }
    return ",".join(said[name] for name in names)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([ADA, swap(BOB, salaire_de_base="")], "Ligne 3, colonne « salaire_de_base » : la case est vide"),
        ([ADA, swap(BOB, menage="")], "Ligne 3, colonne « menage » : la case est vide"),
        (
            [ADA, swap(BOB, salaire_de_base="mille")],
            "Ligne 3, colonne « salaire_de_base » : « salaire_de_base » attend un nombre",
        ),
        (
            [swap(ADA, salaire_de_base="12,5".replace(",", "."), date_naissance="1985-02-30")],
            "Ligne 2, colonne « date_naissance »",
        ),
        ([ADA, swap(BOB, salaire_de_base="nan")], "Ligne 3, colonne « salaire_de_base »"),
        ([ADA, swap(BOB, salaire_de_base="inf")], "Ligne 3, colonne « salaire_de_base »"),
        ([ADA, swap(BOB, salaire_de_base="1e300")], "Ligne 3, colonne « salaire_de_base »"),
        ([ADA, swap(BOB, menage__role="chef")], "Ligne 3, colonne « menage.role » : « chef » n'est pas un rôle"),
        ([ADA, swap(BOB, menage__role="personne_de_reference")], "Ligne 3.*une seule personne"),
        ([ADA, BOB, swap(EVE, foyer_fiscal__role="declarant")], "Ligne 4.*2 personnes peuvent"),
        ([ADA, swap(BOB, loyer_at_2024="1", **{"loyer:2024-01": "800"})], "Ligne 3.*première personne du groupe"),
        ([ADA, swap(BOB, individu="ada")], "Lignes 2, 3"),
        ([ADA, DAN, BOB], "ne se suivent pas.*Lignes 2, 4"),
        ([ADA, ADA + ",1"], "ligne 3"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(read, lines, said):
    with pytest.raises(ParvisError, match=said):
        read(HEADER, *lines)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (HEADER.replace("salaire_de_base", "salaire_de_bas"), "Les plus proches : « salaire_de_base »"),
        (HEADER.replace("loyer:2024-01", "loyer:2024-13"), "n'est pas une période"),
        (HEADER.replace(",famille.role", ",salaire_de_base"), "deux fois"),
        (HEADER.replace("loyer:2024-01", "salaire_de_base:2024"), "donné deux fois pour 2024"),
        (HEADER.replace("famille.role", "famille_role"), "famille_role"),
        ("individu,date_naissance", "Il manque la colonne « famille »"),
        ("1.date_naissance,2.salaire_de_base", "de l'un des deux adultes"),
        (
            "1.date_naissance,1.salaire_de_base,2.date_naissance,2.salaire_de_base,3.salaire_de_base",
            "donnez une colonne « 3.date_naissance »",
        ),
        ("1.loyer:2024-01", "écrivez-le sans numéro"),
        ("2.date_naissance", "donnez une colonne « 1.… »"),
        ("impot_revenu.bareme_ir_depuis_1945.bareme[1].rate", "se change par --changes"),
    ],
)
def test_a_wrong_header_is_refused(read, header, said):
    with pytest.raises(ParvisError, match=said):
        read(header, ",".join("1" for _ in header.split(",")))


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.csv", b""), ("x.csv", b"a" * 200_000), ("x.csv", b"\xff\xfe\x00"), ("x.parquet", b"PAR1"), ("x.xls", b"1")],
)
def test_what_is_not_a_file_of_rows_is_refused(openfisca, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ParvisError, match="« x"):
        list(read_path(openfisca, tmp_path / name))


def test_two_halves_of_a_blank_partner_are_not_guessed(read):
    with pytest.raises(ParvisError, match=r"Ligne 2.*2\.salaire_de_base.*personne 2"):
        read("1.date_naissance,1.salaire_de_base,2.date_naissance,2.salaire_de_base", "1985-03-12,1,1984-01-01,")
