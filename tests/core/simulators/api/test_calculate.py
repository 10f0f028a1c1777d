"""The API of simulators: one case, many, axes, reforms; what is wrong is refused in French, where it is wrong."""

import logging

import orjson
import pytest
from django.urls import reverse

from parvis.core.simulators.hosting.calling import host

IR, RD = "impot_revenu_restant_a_payer", "revenu_disponible"
RATE = "impot_revenu.bareme_ir_depuis_1945.bareme[1].rate"


def case(wage=30000, **more):
    """A person alone; `more` gives her other fields."""
    person = {"date_naissance": {"ETERNITY": "1985-03-12"}, "salaire_de_base": {"2024": wage}, **more}
    return {
        "individus": {"Ada": person},
        "menages": {"m": {"personne_de_reference": ["Ada"]}},
        "familles": {"f": {"parents": ["Ada"]}},
        "foyers_fiscaux": {"ff": {"declarants": ["Ada"]}},
    }


@pytest.fixture
def ask(openfisca, client):
    """Post to the API of OpenFisca-France's simulator."""

    def post(operation, body):
        raw = body if isinstance(body, bytes) else orjson.dumps(body)
        address = reverse(f"api:{operation}", kwargs={"engine": "openfisca"})
        return client.post(address, raw, content_type="application/json")

    return post


@pytest.fixture
def calculate(ask):
    def post(*situations, outputs=(IR,), period="2024", **more):
        return ask("calculate", {"situations": situations, "outputs": outputs, "period": period, **more})

    return post


def tax(response, place=0):
    return response.json()["results"][place]["foyers_fiscaux"]["ff"][IR]


def test_one_case_is_computed_and_has_an_identity(calculate):
    first, again = calculate(case()), calculate(case())
    (made,), (same,) = first.json()["runs"], again.json()["runs"]

    assert first["Cache-Control"].count("no-store") == 1
    assert tax(first) == -812
    assert (made["identity"], made["results_hash"]) == (same["identity"], same["results_hash"])


def test_an_answer_does_not_tell_that_somebody_asked_it_before(calculate):
    first, again = (calculate(case(wage=27182)).json() for _ in range(2))

    assert first == again
    assert set(first["runs"][0]) == {"identity", "results_hash", "situations"}


def test_many_cases_of_one_shape_are_one_run_and_answer_as_each_alone(calculate):
    wages = [15000, 30000, 60000]
    together = calculate(*map(case, wages)).json()

    assert [run["situations"] for run in together["runs"]] == [[0, 1, 2]]
    for place, wage in enumerate(wages):
        assert together["results"][place] == calculate(case(wage)).json()["results"][0]


def test_a_bare_value_is_for_the_period_asked(calculate):
    said = {**case(), "individus": {"Ada": {"date_naissance": "1985-03-12", "salaire_de_base": 30000}}}

    assert calculate(said).json()["runs"][0]["identity"] == calculate(case()).json()["runs"][0]["identity"]


def test_an_axis_gives_a_list_equal_to_each_value_alone(calculate):
    axes = [[{"name": "salaire_de_base", "count": 3, "min": 20000, "max": 60000, "period": "2024"}]]
    along = tax(calculate({**case(), "axes": axes}))

    assert along == [tax(calculate(case(wage))) for wage in (20000, 40000, 60000)]
    assert along[0] > along[1] > along[2]


def test_a_reform_is_compared_with_the_law_in_force(ask):
    changes = [{"parameter": RATE, "value": 0.2, "start": "2024-01-01"}]
    asked = {"situations": [case()], "outputs": [IR], "period": "2024", "changes": changes}
    found = ask("compare", asked).json()
    before, after = (found[side]["results"][0]["foyers_fiscaux"]["ff"][IR] for side in ("before", "after"))

    assert after < before < 0
    assert found["before"]["runs"][0]["identity"] != found["after"]["runs"][0]["identity"]


def test_a_reform_on_the_synthetic_population_says_who_loses(ask):
    changes = [{"parameter": RATE, "value": 0.12, "start": "2024-01-01"}]
    found = ask("compare-population", {"output": IR, "changes": changes}).json()

    assert found["losers"] > 100
    assert found["winners"] == 0
    assert found["households"] == sum(decile["households"] for decile in found["deciles"])
    assert "synthétiques" in found["title"] or "fictifs" in found["title"]


@pytest.mark.parametrize("output", ["statut_occupation_logement", "date_naissance"])
def test_what_is_no_amount_is_not_gained_or_lost(ask, output):
    changes = [{"parameter": RATE, "value": 0.12, "start": "2024-01-01"}]
    response = ask("compare-population", {"output": output, "changes": changes})

    assert response.status_code == 422
    assert "n'est pas un montant" in response.json()["detail"]


def test_every_step_of_an_explanation_has_its_law_or_says_so(ask):
    steps = ask("explain", {"situation": case(), "output": IR, "period": "2024"}).json()

    assert steps[0]["name"] == IR
    assert steps[0]["parent"] == -1
    assert any(step["refs"] for step in steps)


def test_what_is_missing_is_named(ask):
    said = case()
    del said["individus"]["Ada"]["salaire_de_base"]
    found = ask("missing", {"situations": [said], "outputs": [IR], "period": "2024"}).json()

    assert {"name", "label", "unit"} <= set(found[0])


@pytest.mark.parametrize(
    ("situation", "said"),
    [
        (case(salaire_de_bas={"2024": 1}), "« salaire_de_base »"),
        (case(wage="mille"), "attend un nombre"),
        (case(wage="30 k€"), "attend un nombre, en EUR"),
        (case(wage="11 %"), "attend un nombre, en EUR"),
        (case(wage=[1]), "attend un nombre"),
        (case(wage=1e300), "infini, ou passe"),
        ({**case(), "axes": [[{"name": "age", "count": 1, "min": 0, "max": 0}]] * 65}, "50 axes au plus"),
        ({**case(), "axes": [[{"name": "age", "count": 1, "min": 0, "max": 0, "index": 0.0}]]}, "n'a pas de ligne"),
        (case(date_naissance={"ETERNITY": "1985-02-30"}), "un jour du calendrier"),
        (case(salaire_de_base={"2024-13": 1}), "n'est pas une période"),
        (case(statut_marital={"2024-01": "marié"}), "l'un de ses choix"),
        (case(loyer={"2024-01": 500}), "se donne pour « menage »"),
        ({**case(), "menages": {"m": {"personne_de_reference": ["Bob"]}}}, "n'est pas l'une des personnes"),
        ({**case(), "menages": {"m": {"personne_de_reference": ["Ada", "Ada"]}}}, "personne au plus"),
        ({**case(), "familles": {"f": {"parents": ["Ada"], "enfants": ["Ada"]}}}, "est déjà dans"),
        ({**case(), "foyers_fiscaux": {"ff": {"declarant": ["Ada"]}}}, "declarant"),
        ({**case(), "axes": [[{"name": "age", "count": 3, "min": 0, "max": 1}]]}, "ne prend pas 0.5"),
        ({**case(), "chiens": {}}, "n'a pas cette entité"),
        ({"individus": {}}, "au moins une personne"),
        (
            {**case(), "axes": [[{"name": "salaire_de_base", "count": 10_000_000, "min": 0, "max": 1}]]},
            "10 000 000 lignes",
        ),
        ({**case(), "axes": [[{"name": "salaire_de_base", "count": 2, "min": 0, "max": "x"}]]}, "attend un nombre"),
        ({**case(), "axes": [{"name": "salaire_de_base"}]}, "liste de listes"),
    ],
)
def test_a_wrong_situation_is_refused_where_it_is_wrong(calculate, situation, said):
    response = calculate(situation)

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json; charset=utf-8"
    assert said in response.json()["detail"].replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"outputs": ["impot_revenu_restant_a_paye"]}, "« impot_revenu_restant_a_payer »"),
        ({"outputs": [RATE]}, "paramètre"),
        ({"changes": [{"parameter": RATE, "value": 1e300, "start": "2024-01-01"}]}, "infini, ou passe"),
        ({"period": "year:2024-01-15"}, "n'est pas une période"),
        ({"period": "2024-02-30"}, "n'est pas une période"),
        ({"period": "9999"}, "n'est pas une période"),
        ({"changes": [{"parameter": "x.y", "value": 1, "start": "2024-01-01"}]}, "pas de champ « x.y »"),
        ({"changes": [{"parameter": RATE, "value": "dix", "start": "2024-01-01"}]}, "attend un nombre"),
        ({"changes": [{"parameter": RATE, "value": 0.1, "start": "2024-02-30"}]}, "jour du calendrier"),
        (
            {"changes": [{"parameter": RATE, "value": 0.1, "start": "2024-01-01", "stop": "2023-01-01"}]},
            "avant de commencer",
        ),
        ({"changes": [{"parameter": "age", "value": 1, "start": "2024-01-01"}]}, "n'est pas un paramètre"),
        ({"changes": [{"parameter": RATE.partition("[")[0], "value": 1, "start": "2024-01-01"}]}, "barème"),
    ],
)
def test_a_wrong_wish_is_refused(calculate, more, said):
    response = calculate(case(), **more)

    assert response.status_code == 422
    assert said in response.json()["detail"]


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 400, "ligne 1, colonne 2"),
        (b"\xff{}", 400, "UTF-8"),
        (b'{"situations": NaN}', 400, "NaN"),
        (b'{"period": 1e999}', 400, "trop grand"),
        (b'{"a": 1, "a": 2}', 400, "deux fois"),
        (rb'{"a": "\ud800"}', 400, r"\ud800"),
        (rb'{"a\u0000": 1}', 400, r"\u0000"),
        (rb'{"\ud83d\ude00 \\ud800": 1}', 422, "Revoyez la forme"),
        (b"[" * 100_000, 400, "niveaux"),
        (b"9" * 5_000, 400, "trop grand"),
        (b"- &a [*a, *a]", 400, "JSON"),
        (b"!!python/object/apply:os.system ['true']", 400, "JSON"),
        (b" " * 3_000_000, 413, "2 621 440 octets"),
        (b"[]", 422, "Revoyez la forme"),
        (b'{"situations": [{}], "outputs": [], "period": "2024"}', 422, "outputs"),
    ],
)
def test_a_body_that_is_not_strict_json_is_refused(ask, body, status, said):
    response = ask("calculate", body)

    assert response.status_code == status
    assert said in response.json()["detail"].replace("\u202f", " ")


def test_what_would_not_fit_is_refused_before_it_is_made(calculate):
    months = {f"{year}-{month:02}": 1 for year in range(1900, 2030) for month in range(1, 13)}
    along = {"axes": [[{"name": "salaire_de_base", "count": 10_000, "min": 0, "max": 1}]]}
    crowd = {"individus": {f"p{n}": {} for n in range(10_000)} | {"Ada": {"salaire_de_base": months}}}
    shapes = [case(salaire_de_base={month: 1}) for month in list(months)[:201]]

    for said in ([{**case(), **along}] * 11, [{**case(salaire_de_base=months), **along}], [crowd], shapes):
        response = calculate(*said)
        assert response.status_code == 422
        assert "au plus" in response.json()["detail"]


def test_a_number_that_the_model_cannot_hold_is_refused(ask):
    asked = {"situations": [case(wage="HUGE")], "outputs": [IR], "period": "2024"}
    response = ask("calculate", orjson.dumps(asked).replace(b'"HUGE"', b"1e300"))

    assert response.status_code == 422
    assert "infini, ou passe" in response.json()["detail"]


def test_an_unknown_model_is_not_found(client, db):
    address = reverse("api:calculate", kwargs={"engine": "nosgestes"})
    response = client.post(address, {"situations": [{}], "outputs": ["x"], "period": "2024"}, "application/json")

    assert response.status_code == 404
    assert "nosgestes" in response.json()["detail"]


@pytest.fixture
def heard(caplog):
    """All that is logged, that of Django's loggers too, which keep theirs from the root."""
    caplog.set_level(logging.DEBUG)
    deaf = [logging.getLogger(name) for name in ("django", "django.server")]
    for logger in deaf:
        caplog.set_level(logging.DEBUG, logger=logger.name)
        logger.addHandler(caplog.handler)
    yield caplog
    for logger in deaf:
        logger.removeHandler(caplog.handler)


def test_nothing_of_a_situation_is_logged(calculate, heard):
    calculate(case(wage=31337))
    calculate(case(wage="31337 euros"))

    assert "Unprocessable" in heard.text, "what Django logs of a refusal is heard"
    assert "31337" not in heard.text


def test_fields_are_searched_paged_and_read(openfisca, client):
    def get(operation, query="", **more):
        return client.get(reverse(f"api:{operation}", kwargs={"engine": "openfisca", **more}) + query).json()

    first = get("simulator-fields", "?nature=parameter&limite=2")
    second = get("simulator-fields", f"?nature=parameter&limite=2&apres={first['next']}")
    assert len({one["name"] for one in first["fields"] + second["fields"]}) == 4
    assert get("simulator-fields", "?q=salaire%20de%20base")["fields"][0]["name"] == "salaire_de_base"
    assert get("simulator-field", name=RATE)["history"][-1]["value"] == 0.11
    assert get("simulator")["digest"] == host("openfisca").card().digest
    assert "« salaire_de_base »" in get("simulator-field", name="salaire_de_bas")["detail"]


def test_a_run_file_is_verified_and_a_changed_one_is_told(openfisca, client, db):
    from parvis.core.simulators import payloads
    from parvis.core.simulators.identity import Asked
    from parvis.core.simulators.running.files import run_file

    situation = payloads.read(openfisca.card(), openfisca.fields(), case())
    asked = Asked("openfisca", situation.table, (IR,), "2024")
    file = run_file(asked, openfisca.card(), openfisca.evaluate(asked))

    def verified(sent):
        return client.post(reverse("api:run-verify"), {"file": sent}, "application/json").json()

    assert verified(file)["state"] == "same"
    altered = orjson.loads(orjson.dumps(file).replace(b"30000", b"30001"))
    assert verified(altered)["state"] == "input"
    del file["results"]["columns"][0]["values"][:]
    blank = orjson.loads(orjson.dumps(file).replace(b'"values":[]', b'"values":[null]'))
    assert verified(blank)["differences"][0]["said"] == "nan"
    assert "format" in verified({"asked": {}})["detail"]
