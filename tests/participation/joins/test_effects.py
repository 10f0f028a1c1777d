"""A contribution carries a calculation: its effect stands on the page, and the calculation names who carries it."""

from datetime import date
from html import unescape

import numpy as np
import pytest
from django.urls import reverse

from core.simulators.running.sample import effect
from participation.joins.conftest import DURING, FIRST
from parvis.core.processes import actions as processes
from parvis.core.simulators import actions as simulators
from parvis.core.simulators.contract import Card, Change, Entity, Rows, Table
from parvis.core.simulators.hosting.calling import Outcome
from parvis.core.simulators.identity import Asked, columns_hash, identity
from parvis.core.web.page import public
from parvis.participation.effects.views import PersonalRun, UnknownRun

CARD = Card(
    engine="essai",
    title="Modèle d'essai",
    version="1",
    digest="0d" * 32,
    summary="",
    not_modelled=(),
    source="",
    licence="CC0-1.0",
    owner="",
    entities=(Entity("person", "persons", "Personne"),),
)


@pytest.fixture
def publish(people):
    """Return a function that publishes a reform of a model that is not installed here."""

    def make(*, is_personal=False, income=1200.0):
        table = Table({"person": Rows(1, {("income", "2024"): np.array([income])})})
        asked = Asked("essai", table, ("tax",), "2024", (Change("rate", 0.2, date(2024, 1, 1)),))
        columns = {("tax", "2024"): np.array([income * 0.2])}
        found = Outcome(columns, identity(asked, CARD.version, CARD.digest), columns_hash(columns), 0.1)
        return simulators.publish_run(
            asked=asked,
            card=CARD,
            outcome=found,
            title="Un taux d'un cinquième",
            author=people["author"],
            is_personal=is_personal,
            at=DURING,
            baseline={("tax", "2024"): np.array([income * 0.1])},
            summary=public(effect()),
        )

    return make


@pytest.fixture
def carry(debate, people):
    """Return a function that proposes another wording with a calculation."""

    def make(run):
        fields = {"title": "Autrement", "wording": f"{FIRST} Gratuitement.", "reason": "Juste.", "run": run}
        return processes.contribute(
            process=debate, kind="wording", fields=fields, author=people["author"], at=DURING, unit="1er"
        )

    return make


def test_its_effect_is_shown_with_its_identity_and_the_way_to_replay_it(publish, carry, client):
    run = publish()
    one = carry(f"http://testserver{reverse('run', args=[run.identity])}")
    page = unescape(client.get(reverse("contribution", args=["places", one.number])).content.decode())
    assert "L'effet calculé" in page
    assert run.identity in page
    assert "240" in page
    assert "120" in page
    assert reverse("run-verify") in page
    assert reverse("reform", args=["essai"]) in page
    assert "Sur 10\u00a0ménages, 3 gagnent" in page


def test_the_calculation_s_page_names_who_carries_it(publish, carry, client):
    run = publish()
    one, address = carry(run.identity), reverse("run", args=[run.identity])
    assert reverse("contribution", args=["places", one.number]) in client.get(address).content.decode()
    processes.withdraw(contribution=one, because="Je me trompais.", author=one.author, at=DURING)
    assert reverse("contribution", args=["places", one.number]) not in client.get(address).content.decode()


def test_an_unknown_calculation_or_someone_s_situation_is_not_carried(publish, carry, debate):
    with pytest.raises(UnknownRun, match="publiez-le d'abord"):
        carry("0f" * 32)
    with pytest.raises(PersonalRun, match="cas types"):
        carry(publish(is_personal=True).identity)
    assert not debate.contributions.exists()


def test_a_calculation_erased_by_its_author_leaves_the_contribution_and_says_so(publish, carry, client):
    run = publish()
    one = carry(run.identity)
    simulators.erase_run(run=run, because="Je me trompais.", author=one.author, at=DURING)
    page = client.get(reverse("contribution", args=["places", one.number])).content.decode()
    assert "a été effacé par la personne" in page


def test_an_open_debate_is_offered_on_the_calculation_s_page_and_its_form_holds_it(
    publish, debate, people, client, time_machine
):
    run, address = publish(), reverse("contribute", args=["places", "wording"])
    time_machine.move_to(DURING)
    assert address in client.get(reverse("run", args=[run.identity])).content.decode()
    client.force_login(people["author"])
    form = client.get(address, {"unite": "1er", "calcul": run.identity}).content.decode()
    assert f'value="{run.identity}"' in form


def test_a_debate_whose_writing_is_closed_is_not_offered(publish, debate, client, time_machine):
    run = publish()
    time_machine.move_to(debate.phases.order_by("position")[0].closes_at)
    page = client.get(reverse("run", args=[run.identity])).content.decode()
    assert reverse("contribute", args=["places", "wording"]) not in page
