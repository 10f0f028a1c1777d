"""The plan's pages, in HTML, JSON and CSV at the same address, and the acts done through their forms."""

import csv
import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.urls import reverse

import parvis.core
from parvis.core.ledger import naming
from parvis.core.undertakings import actions, declared
from parvis.core.undertakings.models import Claim, Milestone, Verdict

SECOND = "/plan/rendre-des-comptes/transparence-depense-et-comptes-publics/engagement-2/"
SEALED = re.compile(r'(?:kind=|_seal(?:_mandate)?\(|ERASED = )"([a-z]+\.[a-z_]+)"')
"""How actions name what they append to the log."""


def lines(answer):
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_the_plan_lists_its_26_commitments_by_axis(client, plan):
    page = client.get("/plan/").content.decode()
    for one in declared.commitments(plan.slug):
        assert f'href="/plan/{one.slug}/"' in page
    assert [row["number"] for row in lines(client.get("/plan/?format=csv"))] == [str(n) for n in range(1, 27)]
    counts = client.get("/plan/?format=json").json()["counts"]
    assert (counts["milestones"], counts["dated"], counts["with_number"]) == (114, 37, 13)
    assert counts["dropped"] == 3


def test_the_old_address_of_the_official_text_is_the_page_s(client, plan):
    for one in declared.commitments(plan.slug):
        assert client.get(f"/plan/{one.slug}/").status_code == 200


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("/plan/rendre-des-comptes/", range(1, 10)),
        ("/plan/rendre-des-comptes/evaluation-publique/", (4, 5)),
        ("/plan/climat/", (24, 25, 26)),
    ],
)
def test_an_axis_lists_its_own_commitments(client, plan, address, numbers):
    assert [row["number"] for row in lines(client.get(f"{address}?format=csv"))] == [str(one) for one in numbers]


@pytest.mark.parametrize("address", ["/plan/lune/", "/plan/climat/lune/", "/plan/climat/engagement-2/"])
def test_what_is_not_in_the_plan_is_not_found(client, plan, address):
    assert client.get(address).status_code == 404


def test_a_commitment_keeps_measured_claimed_and_judged_apart(client, plan):
    page = client.get(f"{SECOND}?format=json").json()["commitment"]
    assert {"numbers", "claims", "pairs", "done", "opened", "claimed"} <= page.keys()
    assert (page["done"]["value"], page["done"]["because"]) == (None, "Aucun indicateur n'y est branché.")
    assert len(page["opened"]) == 4
    text = client.get(SECOND).content.decode()
    for kind in ("measured", "claimed", "judged"):
        assert f'class="column" data-kind="{kind}"' in text


def test_what_is_unknown_is_said_to_be(client, plan):
    text = client.get(SECOND).content.decode()
    assert "Statut par engagement non retrouvé" in text
    assert (
        "Non retrouvé"
        in client.get("/plan/rendre-des-comptes/transparence-vie-economique/engagement-8/").content.decode()
    )


def test_a_milestone_says_what_its_text_lacks(client, plan):
    page = client.get("/plan/jalons/E02-J04/?format=json").json()["step"]
    assert page["gaps"] == [
        "Échéance sans date : elle ne peut pas être dite en retard",
        "Aucun nombre à atteindre",
        *page["gaps"][2:],
    ]
    given_up = client.get("/plan/jalons/E10-J01/").content.decode()
    assert "plus le projet opportun" in given_up


def test_what_a_correction_gives_the_text_no_longer_lacks(client, plan, mandate, at):
    step = Milestone.objects.get(key="E02-J04")
    counted = dict(client.get("/plan/?format=json").json()["gaps"])
    changes = {"due": "2016-07", "due_text": "", "target": 3, "target_unit": "formulaires"}
    actions.edit(thing=step, changes=changes, because="Lu.", at=at, mandate=mandate("steward"))
    assert client.get("/plan/jalons/E02-J04/?format=json").json()["step"]["gaps"] == [
        "Aucune preuve nommée : aucun indicateur n'est branché sur ce jalon"
    ]
    whole = client.get(f"{SECOND}?format=json").json()["commitment"]["gaps"]
    assert not {"Aucun jalon n'a d'échéance", "Aucun jalon n'a de nombre à atteindre"} & set(whole)
    now = dict(client.get("/plan/?format=json").json()["gaps"])
    assert {gap: counted[gap] - now[gap] for gap in now if counted[gap] != now[gap]} == {
        "Échéance sans date : elle ne peut pas être dite en retard": 1,
        "Aucun nombre à atteindre": 1,
    }


def test_an_address_that_no_milestone_bears_is_not_found(client, plan):
    assert client.get("/plan/jalons/%00/").status_code == 404


def test_an_organisation_says_what_it_leads_and_since_when(client, plan):
    page = client.get("/organisations/commission-nationale-du-debat-public/?format=json").json()
    assert [(one["number"], one["starts_on"]) for one in page["tenures"]] == [(13, "2015-07-01"), (24, "2015-07-01")]


def test_the_export_has_every_field_of_the_template_and_of_the_reviewers(client, plan):
    rows = lines(client.get("/plan/export/?format=csv"))
    assert len(rows) == 29
    process = declared.plan().process
    asked = {
        key.strip()
        for name in ("commitment_fields", "self_assessment_fields", "irm_variables")
        for item in process[name]
        for key in item.key.split(",")
    }
    assert asked <= rows[0].keys()
    assert [row["case_number"] for row in rows] == [f"FR{n:04}" for n in range(1, 30)]
    extractives = next(row for row in rows if row["case_number"] == "FR0010")
    assert (extractives["verifiable"], extractives["did_it_open_government"]) == ("", "")
    procurement = next(row for row in rows if row["case_number"] == "FR0004")
    assert (procurement["completion"], procurement["extends_commitment"]) == (
        "substantial_or_complete",
        "FR0031 (2018-2020)",
    )


@pytest.fixture
def sign_in(client, mandate):
    def enter(role, **named):
        by = mandate(role, starts_on=date(2026, 1, 1), ends_on=date(2099, 1, 1), **named)
        client.force_login(by.actor)
        return by

    return enter


def test_a_commitment_shows_the_entries_of_its_parts_and_milestones(client, plan, mandate, at):
    part = plan.undertakings.get(code="1.2")
    by = mandate("lead", organisation="ministere-de-l-interieur")
    step = part.milestones.first()
    actions.claim(undertaking=part, milestone=step, state="in_progress", text="Dit.", at=at, mandate=by)
    actions.abandon(milestone=step, on="2026", because="Budget.", at=at, mandate=by)
    whole = plan.undertakings.get(code="1")
    shown = client.get(reverse("commitment", args=[whole.slug])).content.decode()
    assert {"Déclaration d&#x27;un porteur,", "Jalon abandonné,"} <= set(re.findall(r"[JD][^<>]+,(?= <time)", shown))


def test_the_days_of_the_timeline_are_those_of_paris(client, procurement, sign_in):
    by, midnight = sign_in("lead"), datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    actions.claim(undertaking=procurement, completion="limited", text="Dit.", at=midnight, mandate=by)
    shown = client.get(f"{SECOND}?format=json").json()["moments"]
    assert [one["on"] for one in shown if one["title"].startswith("Déclaration")] == ["2026-07-01"]


def test_only_its_own_body_is_offered_to_withdraw_a_claim(client, procurement, sign_in, at):
    by = sign_in("lead")
    said = actions.claim(undertaking=procurement, completion="limited", text="Dit.", at=at, mandate=by)
    offered = f"/plan/declarations/{said.pk}/retirer/"
    assert offered in client.get(SECOND).content.decode()
    sign_in("lead", name="Ada", organisation="ministere-des-finances-et-des-comptes-publics")
    page = client.get(SECOND).content.decode()
    assert "Déclarer où il en est" in page
    assert offered not in page


def test_a_lead_claims_through_the_form_and_withdraws(client, procurement, sign_in):
    by = sign_in("lead")
    answer = client.post(
        f"{SECOND}declarer/", {"milestone": "E02-J03", "state": "done", "text": "Décret paru."}, follow=True
    )
    assert "Déclaration publiée" in answer.content.decode()
    said = Claim.objects.get()
    assert (said.milestone.key, said.mandate) == ("E02-J03", by)
    client.post(f"/plan/declarations/{said.pk}/retirer/", {"because": "Reporté."})
    said.refresh_from_db()
    assert said.withdrawn_because == "Reporté."
    page = client.get(SECOND).content.decode()
    assert "Reporté." in page


@pytest.mark.parametrize(
    "words",
    [
        {"text": "Rien."},
        {"milestone": "E02-J03", "text": "Sans état."},
        {"milestone": "E02-J03", "state": "done", "completion": "completed", "text": "Les deux."},
        {"state": "done", "text": "État sans jalon."},
        {"completion": "completed"},
    ],
    ids=str,
)
def test_a_claim_that_says_nothing_clear_is_shown_again(client, procurement, sign_in, words):
    sign_in("lead")
    assert client.post(f"{SECOND}declarer/", words).status_code == 200
    assert not Claim.objects.exists()


def test_a_reader_judges_once_and_the_public_waits_for_the_other(client, procurement, sign_in):
    sign_in("reviewer", organisation="universite")
    words = {
        "stage": "end",
        "completion": "substantial",
        "did_it_open_government": "major",
        "is_verifiable": "True",
        "is_relevant": "False",
        "opened_values": ["access_to_information"],
        "reasons": "Secret jusqu'à l'autre.",
    }
    assert client.post(f"{SECOND}juger/", words).status_code == 302
    given = Verdict.objects.get()
    assert (given.is_verifiable, given.is_relevant, given.reader) == (True, False, 1)
    assert "déjà rendu votre verdict" in client.post(f"{SECOND}juger/", words).content.decode()
    client.logout()
    page = client.get(SECOND).content.decode()
    assert "Secret" not in page
    assert "1 lecture reçue sur 2" in page


def test_giving_up_through_the_form_asks_a_date_and_a_reason(client, procurement, sign_in):
    sign_in("steward")
    address = "/plan/jalons/E02-J05/abandonner/"
    for no_day in ("bientôt", "2016-13"):
        refused = client.post(address, {"on": no_day, "because": "Trop tôt."})
        assert "date" in refused.context["form"].non_field_errors()[0]
    assert client.post(address, {"on": "2026-03", "because": "Clause sans effet."}).status_code == 302
    assert Milestone.objects.get(key="E02-J05").state == "abandoned"
    assert "/plan/jalons/E02-J05/reprendre/" in client.get("/plan/jalons/E02-J05/").content.decode()
    client.post("/plan/jalons/E02-J05/reprendre/", {"because": "Mauvais jalon."})
    page = client.get("/plan/jalons/E02-J05/").content.decode()
    assert "Jalon repris" in page
    assert address in page


def test_without_a_plan_the_page_says_what_to_do(client, db):
    answer = client.get("/plan/")
    assert answer.status_code == 404
    assert "parvis demo" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/plan/", SECOND, "/plan/rendre-des-comptes/", "/plan/export/", "/organisations/"]
)
def test_a_page_asks_the_database_a_bounded_number_of_questions(client, plan, django_assert_max_num_queries, address):
    client.get(address)
    with django_assert_max_num_queries(30):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/plan/", SECOND, "/plan/export/", "/organisations/"])
def test_a_content_page_weighs_less_than_100_kb(client, plan, address):
    sent = client.get(address, headers={"accept-encoding": "gzip"})
    assert len(sent.content) < 100_000


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("E02", SECOND),
        ("E01.2", "/plan/rendre-des-comptes/transparence-depense-et-comptes-publics/engagement-1/"),
        ("E02-J01", "/plan/jalons/E02-J01/"),
        ("nombre-12", "/nombres/12/"),
        ("revue-2026-03-02", "/plan/revues/revue-2026-03-02/"),
        ("france-2015-2017", "/plan/"),
    ],
)
def test_the_log_leads_to_the_page_of_what_it_speaks_of(plan, key, address):
    assert naming.address("plan/france-2015-2017", key) == address


def test_the_log_names_every_act_in_french():
    found = [SEALED.findall(path.read_text()) for path in Path(parvis.core.__path__[0]).rglob("actions.py")]
    kinds = {kind for each in found for kind in each}
    assert len(kinds) >= 21
    assert not [kind for kind in kinds if naming.name(kind) == kind]


@pytest.fixture
def claim(plan, mandate, at):
    """Return a function that says something of a milestone, as its lead."""

    def say(step, **words):
        led = step.undertaking
        by = mandate("lead", organisation=led.leads.first().organisation.slug)
        return actions.claim(undertaking=led, milestone=step, at=at, mandate=by, **words)

    return say


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (None, "Échéance passée, aucune déclaration du porteur"),
        ("planned", "Échéance passée, prévu, selon le porteur"),
        ("in_progress", "Échéance passée, en cours, selon le porteur"),
    ],
)
def test_a_date_gone_by_is_said_with_what_the_lead_says_and_is_no_verdict(client, claim, state, said):
    step = Milestone.objects.get(key="E19-J01")
    if state:
        claim(step, state=state, text="Dit.")
    shown = client.get("/plan/jalons/E19-J01/?format=json").json()["step"]
    assert (shown["state"], shown["state_title"]) == ("late", said)
    pages = ["/plan/", "/plan/jalons/E19-J01/", reverse("commitment", args=[step.undertaking.slug])]
    assert not [address for address in pages if "En retard" in client.get(address).content.decode()]


def test_a_withdrawn_claim_no_longer_speaks_for_a_late_milestone(client, claim, at):
    said = claim(Milestone.objects.get(key="E19-J01"), state="in_progress", text="Dit.")
    actions.withdraw_claim(claim=said, because="Erreur.", at=at, mandate=said.mandate)
    shown = client.get("/plan/jalons/E19-J01/?format=json").json()["step"]
    assert shown["state_title"] == "Échéance passée, aucune déclaration du porteur"
