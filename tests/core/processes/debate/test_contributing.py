"""What people write is received once, sealed without their words, edited as editions, withdrawn as a tombstone."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest

from core.processes.conftest import AT, DURING
from parvis.core.actors.actions import NotConfirmed
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.leaves import canonical
from parvis.core.ledger.models import Entry
from parvis.core.processes import actions, acts, joins, orders
from parvis.core.processes.checking import FieldsRefused
from parvis.core.processes.erasing import actions as erasing
from parvis.core.processes.models import Contribution, Lexeme, UnitCount
from parvis.core.processes.placing import QuoteNotFound, StaleVersion, UnknownUnit, WrongTarget

LATER = DURING + timedelta(hours=1)
WORDING = {
    "title": "Des données libres",
    "wording": "Les administrations publient leurs documents et leurs données.",
    "reason": "Une donnée vaut un document.",
}
PROPOSAL = {"title": "Une idée", "text": "Ouvrir les bibliothèques le dimanche."}


@pytest.fixture
def propose(person):
    """Return a function that gives a wording of article 1 in a debate."""
    author = person()

    def give(process, **more):
        given = {"kind": "wording", "fields": WORDING, "author": author, "unit": "article-1", "at": DURING, **more}
        return actions.contribute(process=process, **given)

    return give


def sealed(process, number):
    return list(Entry.objects.about(stream=process.stream, key=f"contribution-{number}").order_by("pk"))


def counted(process):
    return {
        (one.unit, one.kind, one.side): one.count for one in UnitCount.objects.filter(process=process, count__gt=0)
    }


def test_a_contribution_is_numbered_counted_found_and_ranked(debate, propose):
    process = debate()
    made = propose(process)
    process.refresh_from_db()
    assert (made.number, process.received, made.state, made.title) == (1, 1, "published", "Des données libres")
    assert (made.unit, made.unit_version, made.phase.step) == ("article-1", "v1", "writing")
    assert made.excerpt == "Une donnée vaut un document."
    assert made.draw == orders.draw("loi-d-essai", 1)
    assert counted(process) == {("article-1", "wording", ""): 1}
    assert process.counts.get().label == "Article 1er"
    assert list(Contribution.objects.all().saying(process, "les données libres")) == [made]
    assert list(Contribution.objects.all().saying(process, "les données fermées")) == []


def test_the_log_holds_neither_words_nor_names_but_what_proves_them(debate, propose):
    process = debate()
    propose(process)
    entries = sealed(process, 1)
    assert [entry.kind for entry in entries] == ["contribution.received", "contribution.signed"]
    for entry in entries:
        said = entry.opening + bytes(entry.leaf).decode()
        assert "Jeanne" not in said
        assert "données libres" not in said
    assert json.loads(entries[0].hidden) == {"fields": WORDING}
    assert json.loads(entries[1].hidden) == {"public_name": "Jeanne"}
    assert entries[0].content["sha256"] == sha256(canonical(WORDING)).hexdigest()


def test_the_same_key_gives_the_same_answer_and_never_a_second_one(debate, propose):
    process = debate()
    first = propose(process, idempotency_key="abc")
    again = propose(process, idempotency_key="abc", at=AT + timedelta(days=90))
    assert (again.pk, Contribution.objects.count(), len(sealed(process, 1))) == (first.pk, 1, 2)
    with pytest.raises(actions.KeyReused, match="contribution n° 1"):
        propose(process, idempotency_key="abc", fields=WORDING | {"title": "Autre chose"})


def test_a_person_gives_one_opinion_on_an_article_and_another_once_withdrawn(debate, propose, person):
    process = debate()
    opinion = {"kind": "opinion", "fields": {"side": "for"}}
    first = propose(process, **opinion)
    with pytest.raises(actions.AlreadyContributed, match="n° 1"):
        propose(process, **opinion)
    propose(process, **opinion, author=person("Bruno"))
    propose(process, **opinion | {"unit": "article-2"})
    actions.withdraw(contribution=first, because="Je me suis trompée.", author=first.author, at=LATER)
    propose(process, kind="opinion", fields={"side": "against"})
    assert counted(process) == {
        ("article-1", "opinion", "for"): 1,
        ("article-2", "opinion", "for"): 1,
        ("article-1", "opinion", "against"): 1,
    }


def test_an_argument_stands_under_what_it_argues_and_takes_its_article(debate, propose):
    process = debate()
    parent = propose(process)
    argument = propose(process, kind="argument", fields={"side": "for", "text": "Oui."}, parent=parent, unit="")
    parent.refresh_from_db()
    assert (argument.parent, argument.unit, argument.side, parent.replies) == (parent, "article-1", "for", 1)
    with pytest.raises(WrongTarget, match="une autre contribution"):
        propose(process, kind="argument", fields={"side": "for", "text": "Oui."}, parent=argument)
    with pytest.raises(WrongTarget):
        propose(process, kind="argument", fields={"side": "for", "text": "Oui."}, unit="")


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({"unit": "article-99"}, UnknownUnit, "« article-99 » n'est pas une unité du texte en débat"),
        ({"unit_version": "v0"}, StaleVersion, "vous aviez lu la version « v0 », celle en débat est « v1 »"),
        ({"unit": ""}, WrongTarget, "porte sur un article du texte"),
        ({"kind": "survey-answer"}, acts.ActNotOpen, "n'est ouvert par aucune étape"),
        ({"at": AT - timedelta(seconds=1)}, acts.ActNotOpen, "n'est pas encore ouvert"),
        ({"at": AT + timedelta(days=21)}, acts.ActNotOpen, "n'est plus ouvert"),
        ({"fields": {}}, FieldsRefused, "manque : remplissez ce champ"),
        (
            {"kind": "comment", "fields": {"text": "Ah."}, "quote": "des mots qui n'y sont pas"},
            QuoteNotFound,
            "recopiez-les tels qu'ils y sont",
        ),
    ],
)
def test_what_cannot_be_received_is_refused_with_a_sentence_and_leaves_nothing(
    debate, propose, given, error, sentence
):
    process = debate()
    with pytest.raises(error, match=sentence):
        propose(process, **given)
    process.refresh_from_db()
    assert (process.received, Contribution.objects.count(), len(sealed(process, 1))) == (0, 0, 0)


def test_an_account_that_is_not_confirmed_contributes_nothing(debate, propose, person):
    from parvis.core.actors.models import Actor

    author = person("Bruno")
    Actor.objects.filter(pk=author.pk).update(confirmed_at=None)
    author.refresh_from_db()
    with pytest.raises(NotConfirmed):
        propose(debate(), author=author)


def test_an_archive_receives_nothing(debate, propose):
    process = debate()
    type(process).objects.update(is_archive=True, source="Ailleurs")
    with pytest.raises(acts.ActNotOpen, match="est une archive"):
        propose(process)


def test_quoted_words_are_kept_with_their_context(debate, propose):
    made = propose(debate(), kind="comment", fields={"text": "Lesquels ?"}, quote="leurs documents")
    assert made.anchor == {
        "quote": "leurs documents",
        "prefix": "Les administrations publient ",
        "suffix": ".\nCette publication est gratuite.",
    }


def test_words_of_two_alineas_are_quoted_as_a_browser_sends_them(debate, propose):
    made = propose(
        debate(), kind="comment", fields={"text": "Lesquels ?"}, quote="leurs documents.\r\nCette publication"
    )
    assert made.anchor["quote"] == "leurs documents.\nCette publication"


def test_quoted_words_that_stand_twice_are_refused_with_what_to_do(debate, propose):
    with pytest.raises(QuoteNotFound, match="citez-en quelques-uns de plus"):
        propose(debate(), kind="comment", fields={"text": "Lesquels ?"}, quote="publi")


def test_an_edit_is_an_edition_that_follows_the_one_it_was_made_over(debate, propose):
    process = debate()
    made = propose(process)
    fields = WORDING | {"title": "Des données ouvertes", "reason": "Parce que les bibliothèques en vivent."}
    edited = actions.edit(contribution=made, fields=fields, basis_edition=1, author=made.author, at=LATER)
    assert (edited.edition, edited.title, edited.editions.count()) == (2, "Des données ouvertes", 2)
    assert edited.editions.get(number=1).fields == WORDING
    assert list(Contribution.objects.all().saying(process, "bibliothèque")) == [edited]
    assert list(Contribution.objects.all().saying(process, "libres")) == []
    assert [entry.kind for entry in sealed(process, 1)][-1] == "contribution.edited"
    assert sum(counted(process).values()) == 1


def test_an_edit_over_words_that_changed_shows_them_and_writes_nothing(debate, propose):
    made = propose(debate())
    first = WORDING | {"title": "La première"}
    actions.edit(contribution=made, fields=first, basis_edition=1, author=made.author, at=LATER)
    with pytest.raises(actions.StaleEdition) as caught:
        actions.edit(
            contribution=made, fields=WORDING | {"title": "La seconde"}, basis_edition=1, author=made.author, at=LATER
        )
    assert caught.value.theirs.fields == first
    assert made.editions.count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"answered_at": LATER, "fate": "noted"}, "a reçu sa réponse"),
        ({"state": "hidden"}, "est masquée"),
    ],
)
def test_words_on_which_others_acted_no_longer_change(debate, propose, change, sentence):
    made = propose(debate())
    Contribution.objects.update(**change)
    with pytest.raises(actions.CannotChange, match=sentence):
        actions.edit(
            contribution=made, fields=WORDING | {"title": "Autre"}, basis_edition=1, author=made.author, at=LATER
        )


def test_only_its_author_edits_or_withdraws(debate, propose, person):
    made, other = propose(debate()), person("Bruno")
    with pytest.raises(actions.NotTheAuthor, match="n'est pas de vous"):
        actions.edit(contribution=made, fields=WORDING, basis_edition=1, author=other, at=LATER)
    with pytest.raises(actions.NotTheAuthor):
        actions.withdraw(contribution=made, because="Pour rire.", author=other, at=LATER)


def test_a_withdrawal_leaves_a_tombstone_with_its_reason_and_what_others_wrote(debate, propose, person):
    process = debate()
    made = propose(process)
    argument = {"kind": "argument", "fields": {"side": "for", "text": "Oui."}, "unit": ""}
    child = propose(process, parent=made, author=person("Bruno"), **argument)
    gone = actions.withdraw(contribution=made, because="Je me suis trompée.", author=made.author, at=LATER)
    assert (gone.state, gone.withdrawn_because, gone.title, gone.excerpt) == (
        "withdrawn",
        "Je me suis trompée.",
        "",
        "",
    )
    assert (gone.editions.count(), gone.children.get()) == (1, child)
    assert not Lexeme.objects.filter(contribution=gone).exists()
    assert counted(process) == {("article-1", "argument", "for"): 1}
    last = sealed(process, 1)[-1]
    assert (last.kind, json.loads(last.hidden)) == ("contribution.withdrawn", {"because": "Je me suis trompée."})
    with pytest.raises(WrongTarget, match="n'est plus publiée"):
        propose(process, parent=made, **argument)
    with pytest.raises(actions.NoReason):
        actions.withdraw(contribution=child, because="  ", author=child.author, at=LATER)


def test_hidden_then_shown_again_it_is_as_it_was(debate, propose):
    process = debate()
    made = propose(process)
    hidden = actions.hide(contribution=made, because="Décision n° 1.", at=LATER)
    assert (hidden.state, hidden.title, counted(process)) == ("hidden", "", {})
    with pytest.raises(actions.CannotChange, match="contestez d'abord"):
        actions.withdraw(contribution=made, because="Tant pis.", author=made.author, at=LATER)
    shown = actions.restore(contribution=made, because="Recours n° 1.", at=LATER)
    assert (shown.state, shown.title) == ("published", "Des données libres")
    assert counted(process) == {("article-1", "wording", ""): 1}
    assert [entry.kind for entry in sealed(process, 1)][-2:] == ["contribution.hidden", "contribution.restored"]


def test_erased_words_are_nowhere_and_their_leaves_stay(debate, propose):
    process = debate()
    made = propose(process)
    erasing.erase_words(contribution=made, because="Données personnelles d'un tiers.", at=LATER)
    made.refresh_from_db()
    assert (made.state, made.title, made.editions.get().fields) == ("withdrawn", "", {})
    received = sealed(process, 1)[0]
    assert (received.is_erased, received.hidden, received.opening) == (True, None, None)
    assert received.leaf


def test_an_operator_erases_the_words_of_a_contribution_by_its_place_in_the_log(debate, propose):
    process = debate()
    made = propose(process)
    ledger.sequence(at=LATER)
    received = sealed(process, 1)[0]
    ledger.erase_words(position=received.position, because="Décision de justice.", at=LATER)
    made.refresh_from_db()
    assert (made.title, made.withdrawn_because, made.editions.get().fields) == ("", "Décision de justice.", {})
    assert sealed(process, 1)[0].is_erased


def test_whoever_leaves_is_forgotten_and_what_they_said_stays_proved(debate, propose, person):
    process = debate()
    made = propose(process)
    erasing.forget_author(actor=made.author, at=LATER)
    made = Contribution.objects.select_related("process").get()
    received, signed = sealed(process, 1)[:2]
    assert (made.author, made.signature, made.title) == (None, "Compte effacé", "Des données libres")
    assert (signed.is_erased, received.is_erased) == (True, False)
    assert "Jeanne" not in "".join(entry.hidden or "" for entry in sealed(process, 1))


def test_what_someone_wrote_can_be_taken_away(debate, propose):
    made = propose(debate())
    told = erasing.written_by(actor=made.author)["Contributions"]
    assert [(one["number"], one["fields"]) for one in told] == [(1, WORDING)]


def test_those_who_hang_on_are_told_in_the_same_transaction(debate, propose):
    told = []

    def hear(*, contribution, at):
        told.append((contribution.number, contribution.state, at))

    for hooks in (joins.RECEIVED, joins.CHANGED):
        hooks.append(hear)
    made = propose(debate())
    actions.withdraw(contribution=made, because="Non.", author=made.author, at=LATER)
    for hooks in (joins.RECEIVED, joins.CHANGED):
        hooks.remove(hear)
    assert told == [(1, "published", DURING), (1, "withdrawn", LATER)]
