"""One's account: sign in, see one's mandates, change one's password."""

from datetime import date

import pytest

from parvis.core.actors import actions


@pytest.fixture
def door(client, jeanne):
    client.force_login(jeanne)
    return client


def test_one_signs_in_with_an_address_and_a_password_and_out_again(client, jeanne):
    answer = client.post("/compte/connexion/", {"username": "jeanne@parvis.example", "password": "un bon mot"})
    assert answer.status_code == 302
    assert client.get("/compte/").status_code == 200
    client.post("/compte/deconnexion/")
    assert client.get("/compte/").status_code == 302


def test_a_wrong_password_is_said_without_telling_whether_the_account_exists(client, jeanne):
    said = [
        client.post("/compte/connexion/", {"username": email, "password": "faux"}).content.decode()
        for email in ("jeanne@parvis.example", "personne@parvis.example")
    ]
    assert all("ne vont pas ensemble" in page for page in said)
    assert all("existe pas" not in page for page in said)


def test_one_sees_one_s_mandates_and_what_they_open(door, jeanne, ministry, at):
    actions.grant_mandate(actor=jeanne, role="reviewer", organisation=ministry, starts_on=date(2026, 1, 1), at=at)
    (given,) = door.get("/compte/?format=json").json()["mandates"]
    assert (given["role"], given["acts"]) == ("Évaluateur indépendant", ["juger un engagement"])


def test_a_password_is_changed_knowing_the_present_one(door, jeanne):
    new = "Un tout autre mot, long."
    words = {"old_password": "faux", "new_password1": new, "new_password2": new}
    assert door.post("/compte/mot-de-passe/", words).status_code == 200
    answer = door.post("/compte/mot-de-passe/", words | {"old_password": "un bon mot"}, follow=True)
    assert "en vigueur" in answer.content.decode()
    jeanne.refresh_from_db()
    assert jeanne.check_password(new)
