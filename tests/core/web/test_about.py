"""What the site says of itself holds all that it does: a reader of « À propos » finds each room's door."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("room", ["plan", "registers", "debates", "texts", "simulators"])
def test_the_page_about_the_site_opens_each_room(client, room):
    text = client.get("/a-propos/").content.decode()

    assert f'href="{reverse(room)}"' in text.partition("<main")[2]


def test_the_page_of_data_says_all_that_the_api_answers(client):
    words, described = client.get("/donnees-et-licences/").content.decode(), client.get("/api/openapi.json").json()

    for word, path in (("registres", "/api/registers"), ("débats", "/api/debates"), ("modèles", "/api/simulators")):
        assert word in words.partition("<h2>API</h2>")[2].partition("</p>")[0]
        assert path in described["paths"]


@pytest.mark.parametrize("room", ["plan", "debates", "simulators"])
def test_the_front_page_says_first_what_one_may_do_here(client, room):
    hero = client.get("/").content.decode().partition('<section class="panel"')[0].partition("<main")[2]

    assert f'href="{reverse(room)}"' in hero
