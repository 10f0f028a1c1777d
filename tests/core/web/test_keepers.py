"""A site says who publishes it and where to write to them, wherever it asks its visitors to."""

import pytest

pytestmark = pytest.mark.django_db

PLACES = ("/", "/accessibilite/", "/donnees-et-licences/")


@pytest.mark.parametrize("path", PLACES)
def test_those_who_keep_the_site_are_named_with_their_address(client, settings, path):
    settings.PARVIS_CONTACT, settings.PARVIS_PUBLISHER = "parvis@brest.example", "Ville de Brest"
    text = client.get(path).content.decode()

    assert "Publié par Ville de Brest." in text
    assert '<a href="mailto:parvis@brest.example">ceux qui tiennent ce site</a>' in text


@pytest.mark.parametrize("path", PLACES)
def test_a_site_that_gives_no_address_shows_no_empty_link(client, path):
    text = client.get(path).content.decode()

    assert "mailto:" not in text
    assert "Publié par" not in text


def test_what_an_account_keeps_is_said_with_what_erases_it(client):
    text = client.get("/donnees-et-licences/").content.decode()

    assert 'id="donnees-personnelles"' in text
    assert all(word in text for word in ("trois cookies", "deux semaines", "Compte effacé", "CNIL"))
