"""A review is a version of the plan's text, open to comments; what follows it says where its words come from."""

from datetime import timedelta

import pytest

from parvis.core.ledger.models import Entry
from parvis.core.processes.models import Process
from parvis.core.texts.keeping import taken
from parvis.core.texts.models import Text, Version
from parvis.core.undertakings.measures import actions as measures
from parvis.core.undertakings.measures.actions import ReviewExists
from parvis.core.undertakings.models import Review
from parvis.core.undertakings.succession import actions
from parvis.core.undertakings.succession.continuity import Bond, Link
from parvis.core.undertakings.succession.pledging import Cited, Draft, Pledge, UnknownCommitment
from plan.succession.conftest import AT, CLOSED, DURING

DRIFT = "/plan/evolution/"


def draft(*pledges):
    return Draft(slug="plan-2018", title="Plan 2018", pledges=pledges)


def pledge(code="FR0031", cites=(), *links):
    words = "Ouvrir la commande publique avec une date."
    return Pledge(code=code, number=f"Engagement {code}", title="Ouvrir", words=words, links=links, cites=cites)


def test_a_review_is_the_second_version_of_the_plan_with_what_it_froze(review, text):
    first, second = text.versions.order_by("number")

    assert (first.slug, second.slug, list(second.parents.all())) == ("adopte", "revue-2026-03-02", [first])
    words = second.document().words("E02")
    assert words.startswith(first.document().words("E02"))
    (frozen,) = [one for one in review.report["commitments"] if one["number"] == 2]
    assert frozen["numbers"]
    assert all(f"Mesuré : {one['title']} : " in words for one in frozen["numbers"])
    assert "Déclaré : aucune déclaration en vigueur." in words
    assert "Jugé : aucune lecture." in words
    assert f"Manques du texte : {frozen['gaps'][0][:1].lower()}" in words


def test_what_leads_and_readers_said_is_frozen_in_the_text(plan, person):
    from parvis.core.actors import actions as actors
    from parvis.core.undertakings import actions as acts

    led = plan.undertakings.get(code="2")
    lead = led.leads.first().organisation
    mandate = actors.grant_mandate(actor=person("Ada"), role="lead", organisation=lead, starts_on=AT.date(), at=AT)
    acts.claim(undertaking=led, completion="limited", text="Un portail\nest ouvert.", at=AT, mandate=mandate)
    actions.open_review(at=AT)

    words = Version.objects.get(slug="revue-2026-03-02").document().words("E02")
    assert f"Déclaré par {lead.name}, Limité : Un portail est ouvert." in words


def test_the_review_opens_a_debate_of_two_weeks_held_by_the_body_that_holds_the_plan(review, debate):
    assert (debate.procedure, debate.subject, debate.subject_version) == (
        "review",
        "textes/plan-france-2015-2017",
        review.slug,
    )
    assert debate.organisation.slug.startswith("secretariat-d-etat-charge-de-la-reforme-de-l-etat")
    comments = debate.phases.get(step="comment")
    assert (comments.opens_at, comments.closes_at) == (AT, AT.astimezone(AT.tzinfo) + timedelta(days=14))


def test_every_act_of_the_opening_is_sealed(review, debate, text):
    kinds = Entry.objects.filter(stream__in=[text.stream, debate.stream]).values_list("kind", flat=True)
    assert sorted(kinds) == [
        "process.drafted",
        "process.published",
        "text.published",
        "version.published",
        "version.published",
    ]
    entry = Entry.objects.get(kind="review.submitted")
    assert (entry.key, entry.content["version"], entry.content["debate"]) == (review.slug, review.slug, debate.slug)


def test_done_again_it_is_the_same_debate_and_a_second_review_of_the_day_is_refused(review, debate):
    before = Entry.objects.count()

    assert actions.put_to_comments(review=review, at=AT + timedelta(hours=1), mandate=None) == debate
    with pytest.raises(ReviewExists, match="porte déjà ce jour"):
        actions.open_review(at=AT + timedelta(hours=1))
    assert (Process.objects.count(), Version.objects.count(), Entry.objects.count()) == (1, 2, before)


def test_a_review_whose_debate_cannot_open_is_not_there_either(plan, person):
    from parvis.core.actors.models import Organisation
    from parvis.core.processes.opening.actions import SlugRefused, open_process

    body = Organisation.objects.get(slug="premier-ministre")
    open_process(
        procedure="ideas", slug="revue-2026-03-02", title="T", summary="S", organisation=body, starts_at=AT, at=AT
    )
    with pytest.raises(SlugRefused):
        actions.open_review(at=AT)
    assert not Review.objects.exists()
    assert not Text.objects.exists()


def test_a_review_may_be_published_without_comments(plan):
    measures.open_review(at=AT)

    assert not Process.objects.exists()
    assert not Text.objects.exists()


def test_the_next_review_follows_the_one_before(review, text):
    later = actions.open_review(at=AT + timedelta(days=365))

    newest = text.versions.get(slug=later.slug)
    assert [one.slug for one in newest.parents.all()] == [review.slug]
    assert newest.document().words("E01").count("Jugé : aucune lecture.") == 1


def test_every_comment_on_a_commitment_is_owed_an_answer(debate, comment):
    from parvis.core.processes.answering.assigning.actions import assign_due

    made = comment("E02")
    assign_due(process=debate, at=CLOSED)

    made.refresh_from_db()
    assert (made.owner, made.due_at > CLOSED) == (debate.organisation, True)


def test_an_answered_comment_is_the_source_of_the_words_that_follow(plan, text, debate, comment, answer):
    made = comment("E02")
    answer(made)
    version = actions.publish_next(
        draft=draft(pledge("FR0031", (Cited(debate.slug, made.number),), Link(Bond.EXTENDS, ("E02",)))), at=CLOSED
    )

    assert [one.slug for one in version.parents.all()] == [debate.slug]
    (source,) = {edit.source for edit in taken(version.edits)}
    assert (source.label, source.url) == ("contribution n° 1", f"/debats/{debate.slug}/contributions/1/")
    assert (source.adopted_by, source.adopted_on) == (debate.organisation.name, CLOSED.date())
    sealed = Entry.objects.get(kind="plan.followed").content
    assert sealed["links"] == {"E02": {"extends": ["E02"]}}


def test_where_the_words_of_the_next_plan_come_from_is_a_page(client, text, debate, comment, answer):
    made = comment("E02")
    answer(made)
    cites = (Cited(debate.slug, made.number),)
    actions.publish_next(draft=draft(pledge("FR0031", cites, Link(Bond.EXTENDS, ("E02",)))), at=CLOSED)

    page = client.get(f"/textes/{text.slug}/articles/E02/origine/").content.decode()
    assert f"/debats/{debate.slug}/contributions/1/" in page


def test_a_comment_without_an_answer_is_no_source(text, debate, comment):
    cites = (Cited(debate.slug, comment("E02").number),)
    with pytest.raises(actions.NotAnswered, match="contribution n° 1"):
        actions.publish_next(draft=draft(pledge("FR0031", cites, Link(Bond.EXTENDS, ("E02",)))), at=CLOSED)
    assert text.versions.count() == 2


def test_a_next_plan_refused_leaves_nothing(plan):
    with pytest.raises(UnknownCommitment):
        actions.publish_next(draft=draft(pledge("FR0031", (), Link(Bond.EXTENDS, ("E99",)))), at=CLOSED)
    assert not Text.objects.exists()


def test_the_next_plan_published_twice_is_one_version(review, text):
    first = actions.publish_next(draft=actions.known_next(plan=review.plan), at=DURING)
    again = actions.publish_next(draft=actions.known_next(plan=review.plan), at=CLOSED)

    assert first == again
    assert Entry.objects.filter(kind="plan.followed").count() == 1


def test_only_the_team_publishes_the_next_plan(plan, person):
    from parvis.core.actors import actions as actors
    from parvis.core.actors.actions import RoleDoesNotOpen
    from parvis.core.actors.models import Organisation

    body = Organisation.objects.get(slug="premier-ministre")
    given = {"organisation": body, "starts_on": AT.date(), "at": AT}
    lead = actors.grant_mandate(actor=person("Ada"), role="lead", **given)
    steward = actors.grant_mandate(actor=person("Eve"), role="steward", **given)
    following = actions.known_next(plan=plan)
    with pytest.raises(RoleDoesNotOpen):
        actions.publish_next(draft=following, at=DURING, mandate=lead)
    assert actions.publish_next(draft=following, at=DURING, mandate=steward).slug == "plan-2018-2020"


def test_a_review_after_the_next_plan_bears_on_the_plan_that_it_measures(review, text):
    actions.publish_next(draft=actions.known_next(plan=review.plan), at=DURING)
    later = actions.open_review(at=AT + timedelta(days=365))

    assert [one.slug for one in text.versions.get(slug=later.slug).parents.all()] == [review.slug]


# Pages


def test_the_drift_page_answers_in_three_formats(client, review):
    actions.publish_next(draft=actions.known_next(plan=review.plan), at=DURING)

    page = client.get(DRIFT).content.decode()
    assert "Ce que le plan est devenu" in page
    assert "rien n'est inventé" in page.replace("&#x27;", "'")
    told = client.get(f"{DRIFT}?format=json").json()
    assert told["after"]["slug"] == "plan-2018-2020"
    by_before = {one["before"]: one["became"] for one in told["commitments"] if one["after"] == "FR0034"}
    assert by_before == {"E11": "built-on", "E12": "built-on", "E15": "built-on"}
    lines = b"".join(client.get(f"{DRIFT}?format=csv").streaming_content).decode().splitlines()
    assert len(lines) == 1 + len(told["commitments"])


def test_two_versions_may_be_chosen_and_an_unknown_one_is_a_404_that_says_so(client, review):
    told = client.get(f"{DRIFT}?de=adopte&a={review.slug}&format=json").json()

    assert {one["became"] for one in told["commitments"]} == {"reworded"}
    assert all(0 < one["words_kept_percent"] < 100 for one in told["commitments"])
    assert client.get(f"{DRIFT}?a=inconnue").status_code == 404


def test_without_a_text_the_drift_page_is_a_404_and_no_page_links_to_it(client, plan):
    assert client.get(DRIFT).status_code == 404
    assert DRIFT not in client.get("/plan/").content.decode()


def test_the_plan_the_review_the_commitment_the_text_and_the_debate_lead_to_one_another(client, review, debate, text):
    commitment = review.plan.undertakings.get(code="2").slug
    unit = f"/textes/{text.slug}/articles/E02/"
    ways = {
        "/plan/": [DRIFT, f"/textes/{text.slug}/"],
        f"/plan/revues/{review.slug}/": [DRIFT, f"/debats/{debate.slug}/"],
        f"/plan/{commitment}/": [DRIFT, unit],
        f"/textes/{text.slug}/": [DRIFT, f"/plan/revues/{review.slug}/"],
        unit: [f"/plan/{commitment}/", f"/debats/{debate.slug}/articles/E02/"],
        f"/debats/{debate.slug}/": [f"/textes/{text.slug}/versions/{review.slug}/", f"/plan/revues/{review.slug}/"],
    }
    for page, links in ways.items():
        shown = client.get(page).content.decode()
        assert [link for link in links if f'href="{link}"' not in shown] == [], page
