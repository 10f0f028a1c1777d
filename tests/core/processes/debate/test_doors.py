"""The API and the command say what the pages say; what a room declares explains itself."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from click.testing import CliRunner

from parvis.config.commands.process import UnknownWord, command
from parvis.core.processes import actions, simulating
from parvis.core.processes.kinds import KINDS, FieldType, Target
from parvis.core.processes.models import Process
from parvis.core.processes.procedures import UnknownProcedure

NOW = datetime.now(tz=UTC)
PROPOSAL = {"title": "Une idée", "text": "Ouvrir le dimanche."}


@pytest.fixture
def ideas(debate, person):
    process, author = debate("ideas", "des-idees", subject="", starts_at=NOW - timedelta(days=1)), person()
    for rank in range(5):
        fields = PROPOSAL | {"title": f"Idée {rank}"}
        actions.contribute(process=process, kind="proposal", fields=fields, author=author, at=NOW)
    return process


def test_the_api_gives_debates_their_phases_and_their_contributions_page_after_page(client, ideas):
    assert [one["slug"] for one in client.get("/api/debates").json()] == ["des-idees"]
    whole = client.get("/api/debates/des-idees").json()
    assert [one["step"] for one in whole["phases"]] == ["collection", "support", "answer"]
    assert "contribute:proposal" in whole["phases"][0]["acts"]
    assert whole["phases"][2]["people"] == {"Personne": []}, "what one may do at any hour is of no phase"
    seen, after = [], ""
    while after is not None:
        page = client.get(f"/api/debates/des-idees/contributions?limite=2&apres={after}").json()
        seen += [one["number"] for one in page["contributions"]]
        after = page["next"]
    assert sorted(seen) == [1, 2, 3, 4, 5]
    one = client.get("/api/debates/des-idees/contributions/1").json()
    assert (one["fields"], len(one["editions"]), one["signature"]) == (PROPOSAL | {"title": "Idée 0"}, 1, "Jeanne")


def test_a_draft_is_not_in_the_api(client, ideas):
    Process.objects.update(is_published=False)
    assert client.get("/api/debates").json() == []
    for address in ("", "/contributions", "/contributions/1"):
        assert client.get(f"/api/debates/des-idees{address}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("tri=engagement", 400),
        ("apres=ici", 400),
        ("etat=lune", 400),
        ("sur=-1", 400),
        ("limite=0", 422),
        ("limite=mille", 422),
        ("jour=hier", 200),
        ("q=%00", 200),
        ("article=%00", 400),
        ("sur=99999999999999999999", 400),
    ],
)
def test_what_the_api_cannot_read_is_refused_in_french(client, ideas, query, status):
    answer = client.get(f"/api/debates/des-idees/contributions?{query}")
    assert answer.status_code == status
    if status == HTTPStatus.BAD_REQUEST:
        assert answer.json()["detail"].endswith(".")


def test_names_that_no_database_takes_are_not_found(client, ideas):
    for address in (
        "/api/debates/%00",
        "/api/debates/%00/contributions/1",
        "/debats/des-idees/articles/%00/",
        "/debats/des-idees/contribuer/comment/?unite=%00",
    ):
        assert client.get(address).status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.FOUND}, address
    assert client.get("/debats/?procedure=%00&theme=%00&q=%00").status_code == HTTPStatus.OK


def test_the_command_tells_who_may_do_what_when_in_a_procedure_and_in_a_debate(ideas):
    told = CliRunner().invoke(command, ["simulate", "cowriting", "--from", "2026-12-01"], catch_exceptions=False)
    assert told.exit_code == 0
    assert simulating.ALWAYS in " ".join(told.output.split())
    told = CliRunner().invoke(command, ["simulate", "des-idees"], catch_exceptions=False)
    assert told.exit_code == 0


@pytest.mark.parametrize(
    ("given", "error"), [(["simulate", "lune"], UnknownProcedure), (["ouvrir", "cowriting"], UnknownWord)]
)
def test_what_the_command_does_not_know_is_said(db, given, error):
    with pytest.raises(error):
        CliRunner().invoke(command, given, catch_exceptions=False)


@pytest.mark.parametrize("kind", KINDS.filled().values(), ids=lambda one: one.slug)
def test_a_kind_says_what_it_asks_in_french_and_on_what_it_bears(kind):
    assert kind.title
    assert kind.plural
    assert kind.act
    assert kind.targets
    assert bool(kind.answers_to) == (Target.CONTRIBUTION in kind.targets)
    assert kind.answers_to <= KINDS.filled().keys()
    assert kind.asks_process or kind.fields
    names = [field.name for field in kind.fields]
    assert len(names) == len(set(names))
    for field in kind.fields:
        assert field.title
        assert bool(field.choices) == (field.type in {FieldType.CHOICE, FieldType.CHOICES})
