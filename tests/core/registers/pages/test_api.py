"""The API keeps its word: what its OpenAPI document says, for whatever a stranger sends."""

import csv
import io
from urllib.parse import unquote

import orjson
import pytest
import schemathesis
from django.urls import reverse
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance


@pytest.fixture
def api(contracts, client):
    def get(address):
        return client.get("/api/registers" + address)

    return get


def test_it_describes_itself_in_openapi_3_1(client, db):
    described = client.get(reverse("api:openapi-json")).json()
    assert described["openapi"].startswith("3.1")
    assert all(set(operations) <= {"get", "post"} for operations in described["paths"].values())


def test_its_filters_are_those_of_the_pages(api, client):
    listed = api("/procurement/rows?annee=2018&q=travaux").json()
    page = orjson.loads(client.get("/registres/procurement/lignes/?annee=2018&q=travaux&format=json").content)
    assert listed["total"] == page["total"]["rows"] > 10
    assert listed["amount"] == page["total"]["amount"]
    assert [row["uid"] for row in listed["rows"]] == [row["uid"] for row in page["found"]]


def test_its_pages_lead_to_every_row(api):
    first = api("/procurement/rows?annee=2018&limite=1000").json()
    keys, asked = [row["uid"] for row in first["rows"]], first["next"]
    while asked:
        page = api(f"/procurement/rows?annee=2018&limite=1000&apres={asked}").json()
        keys, asked = keys + [row["uid"] for row in page["rows"]], page["next"]
    assert len(set(keys)) == len(keys) == first["total"]


def test_the_whole_list_streams_as_csv(api):
    body = b"".join(api("/procurement/rows.csv?annee=2018").streaming_content).decode()
    assert len(list(csv.DictReader(io.StringIO(body)))) == api("/procurement/rows?annee=2018").json()["total"]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/water", 404, "« water » n’existe pas"),
        ("/procurement/rows?procedur=x", 400, "« procedur » n'est pas un filtre"),
        ("/procurement/rows?tri=hasard", 400, "n'est pas un tri"),
        ("/procurement/rows?limite=0", 422, "limite"),
        ("/procurement/rows/nope", 404, "ne porte la clé"),
    ],
)
def test_a_refusal_is_a_problem_said_in_french(api, address, status, said):
    response = api(address)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json; charset=utf-8")
    assert said in response.json()["detail"]


@pytest.mark.django_db(transaction=True)
def test_a_stranger_finds_no_answer_that_the_document_does_not_describe(contracts, live_server):
    schema = schemathesis.openapi.from_url(f"{live_server.url}/api/openapi.json")
    for operation in schema.get_all_operations():

        @settings(
            max_examples=15,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        @given(case=operation.ok().as_strategy())
        def check(case):
            # An address with a line break in it leads nowhere in Django: the site's own 404, not the API's.
            assume(all(unquote(str(value)).isprintable() for value in (case.path_parameters or {}).values()))
            # A well-formed order or key may name nothing: the refusal is described, and is not a fault.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        check()
