import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.checks import run_checks

from parvis.core.web import front
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Step


@dataclass(frozen=True)
class Count:
    promised: int


@pytest.fixture
def hung(monkeypatch, tmp_path, settings):
    """Hang one panel, one section and one warning, as an app above would."""
    (tmp_path / "count.html").write_text("{{ panel.promised|number }} engagements")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    monkeypatch.setattr(
        front,
        "PANELS",
        [
            lambda at: Panel("second", "Le second", 20, "count.html", Count(1234)),  # noqa: ARG005
            lambda at: None,  # noqa: ARG005
            lambda at: Panel("premier", f"Le premier, {at.year}", 10, "count.html", Count(26)),
        ],
    )
    monkeypatch.setattr(front, "SECTIONS", [lambda: front.Section("Le plan", 1, (Step("Engagement 2", "/plan/2/"),))])
    monkeypatch.setattr(front, "WARNINGS", [lambda path: [f"{path} est inventé."], lambda _path: []])


@pytest.mark.django_db
def test_the_front_page_shows_what_apps_hang_on_it_in_order(client, hung):
    html = client.get("/").content.decode()
    assert html.index("Le premier, 20") < html.index("26 engagements") < html.index("Le second")
    assert "1\u202f234 engagements" in html


@pytest.mark.django_db
def test_panels_are_in_the_json_too(client, hung):
    panels = client.get("/?format=json").json()["panels"]
    assert [(panel["slug"], panel["content"]) for panel in panels] == [
        ("premier", {"promised": 26}),
        ("second", {"promised": 1234}),
    ]


@pytest.mark.django_db
def test_the_site_map_lists_what_apps_give(client, hung):
    assert '<a href="/plan/2/">Engagement 2</a>' in client.get("/plan-du-site/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/a-propos/", "/nulle-part/"])
def test_fictitious_data_are_said_on_every_page(client, hung, address):
    assert f"<strong>Données fictives.</strong> {address} est inventé." in client.get(address).content.decode()


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_what_to_do(client):
    response = client.get("/nulle-part/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "Cette page n’existe pas" in html
    assert 'href="/plan-du-site/"' in html


def test_a_broken_server_answers_without_a_database(client, monkeypatch):
    def fail(at):
        raise ZeroDivisionError

    monkeypatch.setattr(front, "PANELS", [fail])
    client.raise_request_exception = False
    response = client.get("/")  # no mark for the database: any query would fail this test
    assert response.status_code == 500
    assert "Le serveur a rencontré une erreur" in response.content.decode()


def test_a_host_that_is_not_ours_is_refused_in_french(client):
    client.raise_request_exception = False
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "Demande illisible" in response.content.decode()


@pytest.mark.django_db
def test_pages_allow_nothing_inline_and_nothing_from_elsewhere(client):
    response = client.get("/")
    policy = response["Content-Security-Policy"]
    html = response.content.decode()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.findall(r"\sstyle=|\son\w+=|<script(?! type=\"module\" src=)", html)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/a-propos/", "/accessibilite/", "/donnees-et-licences/", "/plan-du-site/"])
def test_each_page_has_one_title_in_french_and_a_way_to_its_content(client, address):
    html = client.get(address).content.decode()
    assert '<html lang="fr">' in html
    assert html.count("<h1") == 1
    assert 'href="#contenu"' in html
    assert html.count('id="contenu"') == 1


def test_the_states_design_is_warned_about_outside_its_domain(settings):
    settings.PARVIS_THEME, settings.ALLOWED_HOSTS = "dsfr", ["data.example.gouv.fr", "example.org"]
    warning = next(found for found in run_checks(tags=["security"]) if found.id == "parvis.W001")
    assert "example.org" in warning.msg
    settings.ALLOWED_HOSTS = ["data.example.gouv.fr"]
    assert not [found for found in run_checks(tags=["security"]) if found.id == "parvis.W001"]


THEMED = """
import django; django.setup()
from django.contrib.staticfiles.finders import find
from django.template import engines
from django.test import RequestFactory
page = engines["django"].from_string('{% stylesheets %}{% badge "late" %}')
print(page.render({}, RequestFactory().get("/")), bool(find("themes/sample.css")))
"""


def test_a_theme_is_templates_and_one_sheet(tmp_path):
    """In a process of its own, as a deployer has it: apps that are made ready twice would hang everything twice."""
    here = Path(__file__).parent
    given = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "parvis.config.settings",
        "PARVIS_THEME": "sample",
        "PARVIS_DEBUG": "1",  # files are served under their own names
        "PARVIS_HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join((str(here), str(here.parents[2] / "src"))),
    }
    command = [sys.executable, "-c", THEMED]
    said = subprocess.run(command, env=given, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"static/([^\"]+\.css)", said) == ["web/tokens.css", "web/parvis.css", "themes/sample.css"]
    assert '<strong class="their-badge">En retard</strong>' in said
    assert said.rstrip().endswith("True")
