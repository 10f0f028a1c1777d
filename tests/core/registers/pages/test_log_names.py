"""The public log says the acts of registers in French, and leads to what they are about."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from parvis.core.actors import actions as actors
from parvis.core.ledger import naming
from parvis.core.registers import actions, views
from parvis.core.registers.replying import addressed


def test_every_act_has_a_french_name():
    named = {kind: naming.name(kind) for kind in ("release.published", "release.withdrawn", "flag.replied")}
    assert named == {
        "release.published": "Version publiée",
        "release.withdrawn": "Version retirée",
        "flag.replied": "Réponse à un signal",
    }


def test_an_entry_leads_to_the_release_that_it_seals(client, contracts):
    release, _ = contracts
    address = naming.address(release.stream, release.hash)
    assert address == reverse("register-release", args=["procurement", release.hash])
    assert client.get(address).status_code == 200


def test_an_entry_leads_to_the_lead_that_was_answered(client, contracts):
    release, place = contracts
    lead = addressed(place, place.catalogue.records("select * from leads where uid is not null limit 1")[0])
    at = timezone.now()
    siren = lead.concerned[0].siren
    body = actors.register_organisation(slug="organisme", name="Organisme", siren=siren, at=at)
    actor = actors.open_account(email="voix@parvis.example", public_name="Voix", password="un mot", at=at)
    mandate = actors.grant_mandate(actor=actor, role="delegate", organisation=body, starts_on=date(2020, 1, 1), at=at)
    reply = actions.reply_to_flag(register=place.register, lead=lead, text="Dit.", mandate=mandate, at=at)

    address = naming.address(release.stream, reply.key)

    assert address == reverse("register-lead", args=["procurement", lead.code, lead.subject])
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("key", ["inconnue", "R018/0", "R018/un", ""])
def test_what_is_not_known_leads_nowhere(contracts, key):
    assert views.log_address("registers/procurement", key) is None
    assert views.log_address("plan/france", key) is None
