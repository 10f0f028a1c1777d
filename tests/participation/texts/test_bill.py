"""The bills, read from La Fabrique de la Loi's files: nothing lost, nothing made up."""

import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from parvis.core.registers.strict import UnreadColumns
from parvis.core.texts.documents import Document
from parvis.core.texts.histories import History, Version
from parvis.core.texts.kinds import ReadText
from parvis.core.texts.legislative import ForbiddenTransition
from parvis.participation.reading import MissingField, UnknownValue
from parvis.participation.texts.bill import TEXT_KIND

SAMPLE = TEXT_KIND.folder / TEXT_KIND.sample


def as_written(resolved: Document, remarks: list[dict[str, str]]) -> Document:
    """Return the document as its source writes it: the inverse of `resolve`."""
    written = {remark["unit"]: remark["written"] for remark in remarks if remark["rule"] == "as-former"}
    return Document(
        tuple(replace(passage, words=written.get(passage.unit, passage.words)) for passage in resolved.passages)
    )


@pytest.fixture(scope="module")
def bills(data: Path) -> dict[str, tuple[Path, ReadText]]:
    folders = sorted(data.glob(TEXT_KIND.demonstration))
    return {folder.name: (folder, next(TEXT_KIND.read(folder))) for folder in folders}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "loi"))


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """Change one thing of one file of a folder."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def words_of_file(path: Path) -> list[tuple[str, str]]:
    articles = json.loads(path.read_text(encoding="utf-8"))["articles"]
    return [(one.get("newtitre", one["titre"]), "\n".join(one["alineas"].values())) for one in articles]


def test_the_five_bills_are_read_step_by_step(bills) -> None:
    assert {slug: (len(text.versions), text.short_title) for slug, (_, text) in bills.items()} == {
        "pjl11-350": (6, "Monténégro : mobilité des jeunes"),
        "pjl12-688": (14, "Transparence de la vie publique (texte organique)"),
        "pjl12-689": (14, "Transparence de la vie publique"),
        "pjl15-034": (9, "Loi Valter"),
        "ppl11-290": (11, "Transport aérien de passagers"),
    }


def test_each_step_gives_back_its_file_word_for_word(bills) -> None:
    compared = 0
    for folder, text in bills.values():
        texts = [step for step in text.metadata["steps"] if step["version"]]
        files = [path for path in sorted((folder / "steps").iterdir()) if words_of_file(path)]
        for version, path in zip(text.versions, files, strict=True):
            written = as_written(version.document, version.step["remarks"])
            assert [(one.number, one.words) for one in written.passages] == words_of_file(path), path
            compared += 1
        assert [step["version"] for step in texts] == [version.slug for version in text.versions]
    assert compared == 54


def test_each_step_is_rebuilt_from_what_it_changes_to_the_byte(bills) -> None:
    """Only the differences are kept; the file's own words come back from them, alinéa by alinéa."""
    for folder, text in bills.values():
        history = History()
        for version in text.versions:
            history.add(Version(version.slug, parents=version.parents), version.document)
        rebuilt = History()
        for version in text.versions:
            rebuilt.take(history.kept(version.slug))
        for version in text.versions:
            document = rebuilt.document(version.slug)
            path = folder / "steps" / f"{directory(folder, version.slug)}.json"
            written = as_written(document, version.step["remarks"])
            assert document == version.document
            assert [(one.number, one.words) for one in written.passages] == words_of_file(path)


def directory(folder: Path, slug: str) -> str:
    return next(path.stem for path in (folder / "steps").iterdir() if path.name[:2] == slug[:2])


def test_every_amendment_is_kept_with_its_outcome(bills) -> None:
    outcomes: Counter[str] = Counter()
    for _, text in bills.values():
        for step in [*text.metadata["steps"], *(version.step for version in text.versions)]:
            outcomes += Counter(step.get("amendments", {}).get("outcomes", {}))
            listed = step.get("amendments", {}).get("list", [])
            assert Counter(one["outcome"] for one in listed) == step.get("amendments", {}).get("outcomes", {})

    assert outcomes == {"non-voté": 1043, "adopté": 671, "rejeté": 590, "en attente": 4}
    assert outcomes.total() == 2308


def test_a_step_without_a_text_says_why(bills) -> None:
    steps = bills["ppl11-290"][1].metadata["steps"]

    assert [(step["title"], step["failure"]) for step in steps if step["failure"]] == [
        ("Sénat, 1re lecture : texte de la commission", "rejet"),
        ("Sénat, 1re lecture : texte de la séance", "rejet"),
        ("Commission mixte paritaire : texte proposé", "échec"),
        ("Sénat, nouvelle lecture : texte de la commission", "rejet"),
        ("Sénat, nouvelle lecture : texte de la séance", "rejet"),
    ]


def test_a_step_starts_from_the_text_that_the_constitution_says(bills) -> None:
    parents = {version.slug: version.parents for version in bills["pjl12-688"][1].versions}

    # The committee rejected the text: the floor took it as filed. The Assembly's last word takes up its own text.
    assert parents["07-1erelecture-senat-hemicycle"] == ("03-1erelecture-senat-depot",)
    assert parents["14-nouv-lect-senat-hemicycle"] == ("12-nouv-lect-senat-depot",)
    assert parents["15-l-definitive-assemblee-depot"] == ("11-nouv-lect-assemblee-hemicycle",)
    assert parents["00-1erelecture-assemblee-depot"] == ()


def test_divisions_articles_and_final_numbers_are_kept(bills) -> None:
    last = bills["pjl12-689"][1].versions[-1].document

    assert last.passage("11_bis_A").number == "13"
    assert last.passage("11_bis_A").path == (
        "Chapitre Ier : La prévention des conflits d'intérêts et la transparence dans la vie publique",
        "Section 3 : Financement de la vie politique",
    )


def test_what_the_source_says_and_does_not_do_is_noted(bills) -> None:
    notes = Counter(
        (remark["rule"], text.slug)
        for _, text in bills.values()
        for version in text.versions
        for remark in version.step["remarks"]
    )

    assert notes == {
        ("says-untouched", "pjl12-688"): 1,
        ("says-untouched", "pjl12-689"): 3,
        ("unknown-division", "pjl12-689"): 1,
    }


def test_no_person_is_kept(bills) -> None:
    told = json.dumps([[text.metadata, [version.step for version in text.versions]] for _, text in bills.values()])
    people = set()
    for folder, _ in bills.values():
        for path in folder.glob("amendements_*.json"):
            subjects = json.loads(path.read_text(encoding="utf-8"))["sujets"].values()
            people |= {one["aut"] for subject in subjects for one in subject["amendements"]}

    assert len(people) > 100
    assert [name for name in people if json.dumps(name)[1:-1] in told and name.startswith(("M. ", "Mme "))] == []


def test_an_article_not_modified_has_the_words_of_the_step_before_and_keeps_what_was_written() -> None:
    filed, committee, *_ = next(TEXT_KIND.read(SAMPLE)).versions

    assert committee.document.words("2") == filed.document.words("2") != ""
    assert [(one["rule"], one["unit"], one["written"]) for one in committee.step["remarks"]] == [
        ("as-former", "2", "(Non modifié)")
    ]
    assert as_written(committee.document, committee.step["remarks"]).words("2") == "(Non modifié)"


def test_a_removed_article_stays_in_sight_with_no_words() -> None:
    *_, floor = next(TEXT_KIND.read(SAMPLE)).versions

    assert (floor.document.passage("3").status, floor.document.words("3")) == ("supprimé", "")


@pytest.mark.parametrize(
    ("name", "change", "error", "sentence"),
    [
        ("procedure.json", ('"urgence"', '"vitesse": 1, "urgence"'), UnreadColumns, "« vitesse »"),
        ("procedure.json", ('"short_title"', '"titre_court"'), MissingField, "le champ « short_title » manque"),
        ("procedure.json", ('"stage": "promulgation"', '"stage": "1ère lecture"'), ForbiddenTransition, "ne peut pas"),
        ("procedure.json", ('"2031-02-14"', '"14/02/2031"'), UnknownValue, "n'est pas une date"),
        ("steps/00_1erelecture_assemblee_depot.json", ('"002"', '"003"'), UnknownValue, "une suite d'alinéas"),
        (
            "steps/01_1erelecture_assemblee_commission.json",
            ('"nouveau"', '"neuf"'),
            UnknownValue,
            "l'état d'un article",
        ),
        (
            "amendements_01_1erelecture_assemblee_commission.json",
            ('"rejeté"', '"perdu"'),
            UnknownValue,
            "le sort d'un",
        ),
    ],
)
def test_a_folder_that_is_not_as_expected_is_refused(copied, name, change, error, sentence) -> None:
    with pytest.raises(error, match=sentence):
        list(TEXT_KIND.read(changed(copied, name, *change)))


def test_a_document_of_another_step_is_not_lost(bills) -> None:
    """Every file of every folder is read, but the reference's own comparison, which tests read."""
    for folder, text in bills.values():
        known = {"procedure.json", "interventions.json", "articles_etapes.json", "steps"}
        files = {path.name for path in folder.iterdir()} - known
        voted = [step for step in [*text.metadata["steps"], *(v.step for v in text.versions)] if "amendments" in step]

        assert len(files) == len(voted)
        assert all(isinstance(version.document, Document) for version in text.versions)
