"""Places as people write them: what is understood is said, and what is surely wrong is refused beside its question."""

import csv
import html
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from parvis.commons import places
from parvis.commons.registers.communes import REGISTER
from parvis.core.registers import actions as registers
from parvis.core.simulators.contract import WrongValue
from parvis.core.simulators.hosting import installing
from parvis.core.simulators.hosting.calling import host

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
FORM = "/simulateurs/aides-jeunes/calculer/aides-jeunes/"


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_departments_and_their_regions_are_the_official_ones(data: Path) -> None:
    regions = {row["id"]: row["code"] for row in rows(data / "registers/reference/regions.csv")}
    listed = list(rows(data / "registers/reference/departements.csv"))

    assert {row["code"]: row["nom"] for row in listed} == places.DEPARTMENTS
    assert {row["code"]: regions[row["region_id"]] for row in listed} == places.REGION_OF
    assert set(regions.values()) == set(places.REGIONS)


@pytest.mark.parametrize(
    ("text", "code"),
    [("69", "69"), (" 69 ", "69"), ("2a", "2A"), ("1", "01"), ("Rhône", "69"), ("cote d'or", "21"), ("974", "974")],
)
def test_a_department_is_read_as_people_write_it(text: str, code: str) -> None:
    assert places.department(text) == code
    assert code in places.department_words(code)


@pytest.mark.parametrize("text", ["69003", "Lyon", "20", "99", "Rhône-Alpes"])
def test_what_is_no_department_is_refused(text: str) -> None:
    with pytest.raises(WrongValue, match="département"):
        places.department(text)


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "code"), [("69123", "69123"), ("1004", "01004"), ("2a004", "2A004"), ("75111",) * 2])
def test_an_insee_code_is_read_without_any_list(text: str, code: str) -> None:
    assert places.commune(text) == code
    assert places.commune_words(code) == code


@pytest.mark.parametrize("text", ["75011", "69000", "33000", "97400", "20000", "98800", "69000X", "Lyon 3"])
def test_what_is_surely_no_insee_code_is_refused(text: str) -> None:
    with pytest.raises(WrongValue, match=r"code (INSEE|postal)"):
        places.commune(text)


@pytest.mark.parametrize(
    ("said", "question"),
    [
        (("84", "69", "69123"), None),
        (("", "", "69123"), None),
        (("84", "35", ""), "departement"),
        (("84", "", "35238"), "commune"),
        (("", "38", "69123"), "commune"),
        (("11", "75", "75011"), "commune"),
        (("99", "", ""), "region"),
    ],
)
def test_a_place_outside_another_is_refused_beside_its_question(said: tuple[str, ...], question: str | None) -> None:
    wrong = places.misplaced(*said)

    assert (wrong and wrong[1]) == question


@pytest.fixture
def communes(db: None, data: Path) -> None:
    """Publish the real list of communes."""
    source = REGISTER.sources[0]
    registers.publish(register=REGISTER, source=source.slug, path=data / source.demonstration, at=AT)


@pytest.mark.usefixtures("communes")
def test_with_the_register_a_commune_is_named_and_one_that_is_none_is_refused() -> None:
    assert places.commune("saint etienne") == "42218"
    assert places.commune("Lyon") == "69123"
    assert places.commune_words(places.commune("69003")) == "Albigny-sur-Saône (69003)"
    with pytest.raises(WrongValue, match="Aucune commune n'a « 69999 »"):
        places.commune("69999")
    with pytest.raises(WrongValue, match=r"Plusieurs .* 93066 \(Seine-Saint-Denis\)"):
        places.commune("Saint-Denis")
    with pytest.raises(WrongValue, match="Aucune commune ne se nomme"):
        places.commune("Nulle-Part-en-Exemple")


@pytest.mark.django_db
def test_a_list_that_is_invented_or_a_part_names_nothing_and_refuses_nothing() -> None:
    for source, is_invented in (("part", False), ("invented", True)):
        path = REGISTER.folder / "sample.csv"
        registers.publish(register=REGISTER, source=source, path=path, at=AT, fictitious=is_invented)

    assert places.commune("69123") == "69123"
    with pytest.raises(WrongValue, match="n'est pas chargée"):
        places.commune("Lyon")


@pytest.mark.usefixtures("communes")
def test_the_result_says_which_place_was_understood(client: Client) -> None:
    installing.install(host("aides-jeunes").declared, tell=lambda _step: None)
    asked = {"age": "20", "region": "84", "departement": "Rhône", "commune": "lyon"}

    page = html.unescape(client.post(FORM, asked).content.decode())

    assert "Lyon (69123)" in page
    assert "Rhône (69)" in page


@pytest.mark.django_db
def test_a_department_outside_the_region_is_said_beside_its_question(client: Client, data: Path) -> None:
    installing.install(host("aides-jeunes").declared, tell=lambda _step: None)

    page = client.post(FORM, {"age": "20", "region": "84", "departement": "35"})

    assert page.status_code == 422
    assert "Ille-et-Vilaine (35) est dans la région Bretagne" in html.unescape(page.content.decode())
