"""The real consultation of 2015: two releases matched, nothing added up, each contribution with its sources."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.test import Client

from parvis.core.actors.actions import open_account
from parvis.core.processes.importing import actions, rows
from parvis.core.processes.importing.archives import ARCHIVES
from parvis.participation.archives.republique_numerique import CAPTURE, PUBLISHED, reading, sample
from parvis.participation.archives.republique_numerique.words import words

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ARCHIVE = ARCHIVES.filled()["republique-numerique"]


def test_the_two_releases_are_matched_and_their_figures_stay_apart(data: Path) -> None:
    said = ARCHIVE.compare(data)

    assert said["propositions dans les deux, par identifiant"] == 482
    assert said["dont même titre, aux apostrophes et espaces près"] == 482
    assert said["dont mêmes votes pour, mitigés et contre"] == 481
    assert said["dont même nombre d'arguments"] == 482
    assert said["contributions publiées par Etalab"] == 2_086
    assert said["dont l'article ou la proposition d'origine n'est pas retrouvé"] == 31
    assert (said["votes de la capture"], said["votes publiés par Etalab"]) == (66_464, 130_043)


def test_the_thirty_articles_of_the_government_are_known(data: Path) -> None:
    found = reading.opened(data).articles()

    assert sorted(map(int, found.values())) == list(range(1, 31))


def test_each_article_has_as_many_alternative_wordings_as_the_capture_says(data: Path) -> None:
    both = reading.opened(data)
    parents = both.parents()
    found = Counter(parents.get(one["parent"]) for one in both.published.values() if one["parent"])
    said = {key: both.captured[key]["nb_versions"] for key in both.articles() if key in both.captured}

    # One more was written on article 1 between the capture and the publication.
    assert {key: found[key] for key in said} == said | {"o61": 117}
    assert said["o61"] == 116


def test_words_of_html_lose_what_a_browser_would_run() -> None:
    assert words('<p onclick="x()">Un <img src=x onerror=y()>deux</p><script>z()</script>') == "Un deux"


@pytest.fixture
def texts(db: None, data: Path) -> None:
    from parvis.core.texts import actions as publishing
    from parvis.core.texts.kinds import TEXT_KINDS

    kind = TEXT_KINDS.filled()["draft"]
    for path in (*data.glob(kind.demonstration), kind.folder / kind.sample):
        for read in kind.read(path):
            publishing.publish_text(read=read, at=AT)


def received(folder: Path, *, is_fictitious: bool):
    return actions.receive(
        written=rows.given(ARCHIVE.read(folder)),
        title=ARCHIVE.title,
        source_name="x",
        archive=ARCHIVE,
        compared=ARCHIVE.compare(folder),
        is_fictitious=is_fictitious,
        at=AT,
    )


def test_the_whole_archive_enters_with_what_its_sources_say(texts: None, data: Path) -> None:
    draft = received(data, is_fictitious=False)
    process = actions.accept(draft=draft, at=AT)
    article = process.contributions.get(notices__reference="61", kind="proposal")
    both = {one.source: one.said for one in article.notices.all()}

    assert (draft.good, draft.bad, process.received) == (5_221, 0, 5_221)
    assert process.is_archive
    assert article.unit
    assert (both[CAPTURE]["pour"], both[PUBLISHED]["pour"], article.votes_for) == (2_237, 2_237, 2_237)
    assert process.contributions.filter(kind="argument", parent=article).count() == 95
    assert process.contributions.filter(kind="wording", unit=article.unit).count() >= 116
    assert received(data, is_fictitious=False) == draft


def test_without_files_a_fictitious_archive_stands_in_and_says_so(texts: None, tmp_path: Path) -> None:
    draft = received(sample.write(tmp_path), is_fictitious=True)
    process = actions.accept(draft=draft, at=AT)

    assert draft.bad == 0
    assert process.is_fictitious
    assert process.subject == "textes/fontaines"
    assert process.contributions.filter(kind="wording").exclude(unit="").count() == 2


def test_what_the_source_does_not_date_is_shown_without_a_date_and_says_how_it_is_sealed(
    texts: None, tmp_path: Path, client: Client
) -> None:
    process = actions.accept(draft=received(sample.write(tmp_path), is_fictitious=True), at=AT)
    one = process.contributions.filter(received_at=None).earliest("number")
    told = client.get(f"/debats/{process.slug}/contributions/{one.number}/").content.decode()
    page = client.get(f"/debats/{process.slug}/contributions/{one.number}/?format=json").json()
    listed = client.get(f"/api/debates/{process.slug}/contributions/{one.number}").json()
    undated = page["card"]["received_at"], listed["received_at"], listed["editions"][0]["made_at"]

    assert undated == (None, None, None)
    assert told.count("date non donnée par la source") >= 1
    assert "Date non donnée par la source" in told  # in its history
    assert "que l’entrée du journal porte aussi" not in told
    assert "scellé en entier" in told
    assert "Import accepté" in told


def test_only_what_a_source_brought_may_lack_a_date(texts: None, tmp_path: Path) -> None:
    process = actions.accept(draft=received(sample.write(tmp_path), is_fictitious=True), at=AT)
    person = open_account(email="a@parvis.example", public_name="Une", password="un bon mot de passe", at=AT)
    undated = process.contributions.filter(received_at=None)

    with pytest.raises(IntegrityError, match="contribution_undated_comes_from_a_source"):
        undated.update(author=person)
