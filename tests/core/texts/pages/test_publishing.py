"""A text enters once; its versions are sealed, kept word for word, and never edited."""

from dataclasses import replace

import pytest

from core.texts.pages.small import AMENDED, FILED, VOTED, document, law
from parvis.core.errors import ParvisError
from parvis.core.ledger.models import Entry
from parvis.core.texts import actions
from parvis.core.texts.documents import Document
from parvis.core.texts.kinds import TEXT_KINDS, ReadVersion
from parvis.core.texts.models import Passage, Text, Unit, Version, Wording


def test_each_version_is_rebuilt_as_it_was(small):
    assert [version.document() for version in small.versions.order_by("number")] == [FILED, AMENDED, VOTED]


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("bill", "bills/pjl15-034"),
        ("bill", "bills/pjl12-688"),
        ("code", "crpa"),
        ("civil-code", "code_civil_revisions.jsonl"),
    ],
)
def test_real_texts_are_rebuilt_byte_for_byte(real, data, kind, place):
    texts = {text.slug: text for text in real(kind, place)}
    for read in TEXT_KINDS.filled()[kind].read(data / "workflows" / "law" / place):
        stored = {version.slug: version for version in texts[read.slug].versions.all()}
        assert set(stored) == {version.slug for version in read.versions}
        for version in read.versions:
            rebuilt = stored[version.slug].document()
            assert rebuilt == version.document
            assert rebuilt.text().encode() == version.document.text().encode()
            assert stored[version.slug].sha256 == rebuilt.sha256


def test_words_are_kept_once(small):
    assert Passage.objects.count() == 7
    assert Wording.objects.count() == 4


def test_publishing_again_changes_nothing(small, at):
    before = [Entry.objects.count(), Version.objects.count(), Passage.objects.count()]

    assert actions.publish_text(read=law(), at=at, is_fictitious=True) == small
    assert [Entry.objects.count(), Version.objects.count(), Passage.objects.count()] == before


def test_a_source_that_grew_adds_its_new_versions_only(small, at):
    more = ReadVersion("promulgation", "Loi", document(("1er", "Un seul article.")), parents=("seance",))
    actions.publish_text(read=replace(law(), versions=(*law().versions, more)), at=at, is_fictitious=True)

    assert list(small.versions.order_by("number").values_list("number", "slug")) == [
        (1, "depot"),
        (2, "commission"),
        (3, "seance"),
        (4, "promulgation"),
    ]


def test_every_version_is_sealed(small):
    entries = Entry.objects.filter(stream=small.stream).order_by("pk")

    assert [(entry.kind, entry.key) for entry in entries] == [
        ("text.published", ""),
        ("version.published", "depot"),
        ("version.published", "commission"),
        ("version.published", "seance"),
    ]
    assert FILED.sha256 in entries[1].opening


def test_a_version_says_what_it_changes(small):
    changes = {version.slug: version.changes for version in small.versions.all()}

    assert not changes["depot"]["is_compared"]
    assert (changes["commission"]["new"], changes["commission"]["same"]) == (["3"], 1)
    assert 0 < changes["commission"]["changed"]["1er"] < 0.3
    assert changes["seance"]["gone"] == ["2"]


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (ReadVersion("depot", "Autre", document(("1er", "Autres mots."))), "déjà publiée avec d'autres mots"),
        (ReadVersion("suite", "Suite", FILED, parents=("absente",)), "dit suivre « absente »"),
        (ReadVersion("vide", "Vide", Document(())), "n'a pas une seule unité"),
    ],
)
def test_what_cannot_be_published_is_refused_whole(small, at, version, sentence):
    with pytest.raises(ParvisError, match=sentence):
        actions.publish_text(read=replace(law(), title="Changé", versions=(version,)), at=at, is_fictitious=True)

    small.refresh_from_db()
    assert small.title == law().title
    assert small.versions.count() == 3


def test_a_version_published_alone_follows_its_parent(small, at):
    last = small.newest
    made = actions.publish_version(text=small, document=FILED, slug="retour", title="Retour", parents=[last], at=at)

    assert (made.number, list(made.parents.all()), made.changes["new"]) == (4, [last], ["2"])
    again = actions.publish_version(text=small, document=FILED, slug="retour", title="Retour", parents=[last], at=at)
    assert again == made


def test_units_are_found_by_their_newest_words(small):
    from parvis.core.analyzer import asked

    def found(words):
        return set(Unit.objects.finding(asked(words)).values_list("uid", flat=True))

    assert found("place publique") == {"1er"}
    assert found("heures") == {"1er"}
    assert found("cartes") == {"2", "3"}
    assert found("carte gratuit") == {"3"}
    assert found("péage") == set()


def test_the_back_office_only_looks(small, client, django_user_model):
    from parvis.core.actors import actions as actors

    admin = actors.open_account(
        email="a@parvis.example",
        public_name="Admin",
        password="un mot long",
        is_staff=True,
        at=small.newest.published_at,
    )
    django_user_model.objects.filter(pk=admin.pk).update(is_superuser=True)
    client.force_login(admin)

    assert client.get(f"/gestion/texts/text/{small.pk}/delete/").status_code == 403
    assert client.get("/gestion/texts/text/add/").status_code == 403


def test_a_text_names_itself(small):
    assert str(Text.objects.get()) == "Loi des places"
