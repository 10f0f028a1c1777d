"""The right of reply: a body that a lead names answers it, and nobody else does."""

import html
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from house.outside import compared
from parvis.core.actors import actions as actors
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.registers import actions
from parvis.core.registers.models import FlagReply
from parvis.core.registers.replying import addressed
from parvis.core.registers.shelf import REGISTERS

FROM = date(2020, 1, 1)
SAID = "Le marché a été relancé après un premier appel infructueux."


@pytest.fixture
def place(contracts):
    return contracts[1]


@pytest.fixture
def lead(place):
    """A lead about one contract: its buyer and its suppliers are named."""
    return place.catalogue.records("select * from leads where uid is not null order by code, rank limit 1")[0]


@pytest.fixture
def named(place, lead):
    return addressed(place, lead)


@pytest.fixture
def address(lead):
    return reverse("register-lead", args=["procurement", lead["code"], lead["subject"]])


def speaker(siren, *, starts_on=FROM, ends_on=None, role="delegate"):
    """Open the account of someone who speaks for a body that has this SIREN."""
    at = timezone.now()
    body = actors.register_organisation(slug=f"organisme{siren}", name="Ville de Parvis", siren=siren, at=at)
    actor = actors.open_account(
        email=f"voix{siren}@parvis.example", public_name=f"Voix {siren}", password="un mot", at=at
    )
    mandate = actors.grant_mandate(
        actor=actor, role=role, organisation=body, starts_on=starts_on, ends_on=ends_on, at=at
    )
    return actor, mandate


def text(response):
    return html.unescape(response.content.decode())


def test_a_lead_about_a_contract_names_its_buyer_and_its_suppliers(place, lead, named):
    record = place.catalogue.row(lead["uid"])
    assert record["buyer_id"][:9] in named.sirens
    assert {body.role for body in named.concerned} == {"acheteurs", "titulaires"}


def test_a_named_body_answers_and_its_answer_stands_beside_the_lead(client, lead, named, address):
    actor, mandate = speaker(named.concerned[0].siren)
    client.force_login(actor)
    assert "Répondre au nom de Ville de Parvis" in text(client.get(address))

    done = client.post(address, {"text": SAID})

    assert (done.status_code, done.url) == (302, address)
    reply = FlagReply.objects.get()
    assert (reply.mandate, reply.code, reply.subject, reply.text) == (mandate, lead["code"], lead["subject"], SAID)
    client.logout()
    for page in (address, reverse("register-flag", args=["procurement", lead["code"]])):
        shown = text(client.get(page))
        assert SAID in shown
        assert "Ville de Parvis" in shown
    entry = Entry.objects.about(stream="registers/procurement", key=reply.key).get()
    assert (entry.content["text"], entry.hidden) == (SAID, None)  # whoever reads it checks it against its seal
    assert SAID not in bytes(entry.leaf).decode()  # and it may yet be erased
    assert client.get(address + "?format=json").json()["replies"][0]["text"] == SAID


def test_a_reply_is_checked_against_its_seal_without_our_code(client, lead, named, address, tmp_path):
    client.force_login(speaker(named.concerned[0].siren)[0])
    client.post(address, {"text": SAID})
    ledger.sequence(at=timezone.now())
    (place,) = Entry.objects.filter(kind="flag.replied").values_list("position", flat=True)
    entry = client.get(f"/journal/{place}/", {"format": "json"}).json()
    page = client.get(address, {"format": "json"}).json()

    assert compared(entry, page, tmp_path)[0] == 0
    page["replies"][0]["text"] = "Rien à dire."
    assert compared(entry, page, tmp_path)[0] == 1


def answered(place, named):
    actor, mandate = speaker(named.concerned[0].siren)
    reply = actions.reply_to_flag(register=place.register, lead=named, text=SAID, mandate=mandate, at=timezone.now())
    return actor, mandate, reply


def test_a_body_withdraws_its_reply_which_stays_readable_with_the_reason(client, place, named, address):
    actor, _, reply = answered(place, named)
    door = reverse("reply-withdraw", args=["procurement", reply.code, reply.pk])
    assert door not in text(client.get(address))
    client.force_login(actor)
    assert door in text(client.get(address))

    done = client.post(door, {"because": "Nous nous étions trompés de marché."})

    assert (done.status_code, done.url) == (302, address)
    client.logout()
    for page in (address, reverse("register-flag", args=["procurement", reply.code])):
        shown = text(client.get(page))
        assert (SAID in shown, "Nous nous étions trompés de marché." in shown) == (True, True)
    assert [entry.kind for entry in Entry.objects.about(stream=reply.stream, key=reply.key)] == [
        "flag.replied",
        "reply.withdrawn",
    ]
    client.force_login(actor)
    assert door not in text(client.get(address))
    assert client.get(door).status_code == 404


def test_nobody_withdraws_the_reply_of_another_body(client, place, named):
    _, _, reply = answered(place, named)
    other, mandate = speaker("217500016")
    client.force_login(other)
    door = reverse("reply-withdraw", args=["procurement", reply.code, reply.pk])

    assert client.post(door, {"because": "Elle me gêne."}).status_code == 403
    with pytest.raises(actions.NotTheAuthor):
        actions.withdraw_reply(reply=reply, because="Elle me gêne.", mandate=mandate, at=timezone.now())
    assert FlagReply.objects.get().withdrawn_at is None


def test_a_reply_and_the_reason_of_its_withdrawal_are_erased_with_a_public_reason(client, place, named, address):
    _, mandate, reply = answered(place, named)
    actions.withdraw_reply(reply=reply, because="M. Untel a menti.", mandate=mandate, at=timezone.now())
    ledger.sequence(at=timezone.now())

    for entry in Entry.objects.about(stream=reply.stream, key=reply.key).filter(erased_by=None):
        if entry.kind != "entry.erased":
            ledger.erase_words(position=entry.position, because="Nomme un particulier", at=timezone.now())

    shown = text(client.get(address))
    assert (SAID in shown, "Untel" in shown) == (False, False)
    assert shown.count("[Contenu effacé : Nomme un particulier]") == 2


def test_others_read_who_may_answer_and_how(client, named, address):
    page = text(client.get(address))
    assert "Qui peut répondre" in page
    assert all(siren in page for siren in named.sirens)
    assert reverse("login") in page
    assert 'name="text"' not in page


TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("who", "dates"),
    [
        ("another body", {}),
        ("a body without SIREN", {}),
        ("ended mandate", {"ends_on": TODAY}),
        ("mandate to come", {"starts_on": TODAY + timedelta(days=1)}),
    ],
)
def test_whoever_does_not_speak_for_a_named_body_today_is_refused(client, named, address, who, dates):
    siren = {"another body": "217500016", "a body without SIREN": ""}.get(who, named.concerned[0].siren)
    actor, mandate = speaker(siren, **dates)
    client.force_login(actor)

    assert 'name="text"' not in text(client.get(address))
    assert client.post(address, {"text": SAID}).status_code == 403
    with pytest.raises(actions.NotConcerned):
        actions.reply_to_flag(
            register=REGISTERS["procurement"], lead=named, text=SAID, mandate=mandate, at=timezone.now()
        )
    assert not FlagReply.objects.exists()


def test_an_empty_answer_is_refused_with_a_sentence(client, named, address):
    actor, mandate = speaker(named.concerned[0].siren)
    client.force_login(actor)
    assert client.post(address, {"text": "  "}).status_code == 200
    with pytest.raises(actions.EmptyReply):
        actions.reply_to_flag(
            register=REGISTERS["procurement"], lead=named, text=" ", mandate=mandate, at=timezone.now()
        )
    assert not FlagReply.objects.exists()


def test_an_answer_outlives_its_lead(client, place, named):
    gone = named.__class__(named.code, "une piste d'hier", "Marché d'hier", named.concerned)
    _, mandate = speaker(named.concerned[0].siren)
    actions.reply_to_flag(register=place.register, lead=gone, text=SAID, mandate=mandate, at=timezone.now())

    page = client.get(reverse("register-lead", args=["procurement", gone.code, gone.subject]))

    assert SAID in text(page)
    assert "ne la donnent plus" in text(page)
    unknown = reverse("register-lead", args=["procurement", gone.code, "jamais vue"])
    assert client.get(unknown).status_code == 404
