"""Signing in by an identity provider in ProConnect's manner, end to end: django-allauth's own, served on 127.0.0.1."""

import html
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core import mail

from house.outside import free_port
from parvis.config.environment import provider
from parvis.core.actors import actions
from parvis.core.actors.models import Actor
from parvis.core.ledger.models import Entry

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    """Serve the provider from a process of its own."""
    port = free_port()
    command = [sys.executable, HERE / "provider.py", str(port), tmp_path_factory.mktemp("provider")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout.readline() == "ready\n"
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.fixture
def site(client, issuer, settings):
    """Our site, which knows the provider."""
    known = {"name": "ProConnect", "client": "parvis", "secret_word": "un secret de test"}
    ranks = {"ranks": ["eidas0", "eidas1", "eidas2"], "rank": "eidas1"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": provider(issuer, **known, **ranks)}
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 60  # the provider of these tests has the same busy machine as they have
    return client


def leave(site):
    """Go to the provider; return the address that it is asked at."""
    answer = site.post("/compte/fournisseur/")
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def identified(address, who, issuer):
    """Be identified at the provider; return the way back that it gives."""
    with requests.Session() as browser:
        browser.get(f"{issuer}/enter/{who}").raise_for_status()
        answer = browser.get(address, allow_redirects=False)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].removeprefix("http://testserver")


def come_back(site, who, issuer):
    return site.get(identified(leave(site), who, issuer))


def read(answer):
    return html.unescape(answer.content.decode())


def test_the_first_time_a_public_name_is_asked_then_never_again(site, issuer):
    assert "ProConnect" in read(site.get("/compte/connexion/"))
    answer = come_back(site, "louise", issuer)
    assert answer.url == "/compte/fournisseur/premiere-visite/"
    assert "louise@agents.example" in read(site.get(answer.url))
    site.post(answer.url, {"public_name": "Louise Public"})
    louise = Actor.objects.get()
    assert (louise.public_name, louise.email, louise.is_confirmed) == ("Louise Public", "louise@agents.example", True)
    assert not louise.has_usable_password()
    site.post("/compte/deconnexion/")
    assert come_back(site, "louise", issuer).url == "/"
    assert site.get("/compte/?format=json").json()["public_name"] == "Louise Public"
    assert SocialAccount.objects.get().extra_data == {}, "nothing of the civil identity is kept"
    assert "louise" not in " ".join(Entry.objects.values_list("opening", flat=True)).lower()


def test_the_question_bears_state_nonce_proof_key_and_rank(site):
    asked = parse_qs(urlsplit(leave(site)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["acr_values"] == ["eidas1"]
    assert len(asked["state"][0]) >= 16
    assert len(asked["nonce"][0]) >= 32
    again = parse_qs(urlsplit(leave(site)).query)
    assert not {"state", "nonce", "code_challenge"} & {name for name in asked if asked[name] == again[name]}


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("louise.signature", "n'est pas signée comme elle doit l'être"),
        ("louise.none", "n'est pas signée comme elle doit l'être"),
        ("louise.plain", "n'est pas signée comme elle doit l'être"),
        ("louise.issuer", "n'est pas signée comme elle doit l'être"),
        ("louise.late", "n'est pas signée comme elle doit l'être"),
        ("louise.nonce", "ne répond pas à votre demande"),
        ("louise.person", "deux personnes différentes"),
        ("louise.rank", "au niveau « eidas0 » ; ce site demande « eidas1 » au moins"),
        ("louise.unranked", "au niveau « gold »"),
    ],
)
def test_a_false_answer_is_refused_with_its_reason_and_nobody_enters(site, issuer, who, why):
    answer = come_back(site, who, issuer)
    assert answer.status_code == 403
    assert why in read(answer)
    assert site.get("/compte/").status_code == 302
    assert site.get("/compte/fournisseur/premiere-visite/").status_code == 302
    assert not Actor.objects.exists()


def test_an_answer_given_to_another_browser_is_refused(site, issuer):
    theirs = identified(leave(site), "louise", issuer)
    other = site.__class__()
    assert other.get(theirs).status_code == 403


def test_an_answer_serves_once(site, issuer):
    back = identified(leave(site), "louise", issuer)
    assert site.get(back).status_code == 302
    assert site.get(back).status_code == 403


def test_one_may_cancel(site):
    state = parse_qs(urlsplit(leave(site)).query)["state"][0]
    answer = site.get(f"/compte/fournisseur/retour/?error=access_denied&state={state}")
    assert "s'est interrompu" in read(answer)


def test_without_a_verified_address_the_account_opens_and_has_no_voice_yet(site, issuer, last_link):
    answer = come_back(site, "louise.unverified", issuer)
    site.post(answer.url, {"public_name": "Louise"})
    louise = Actor.objects.get()
    with pytest.raises(actions.NotConfirmed):
        actions.require_confirmed(louise)
    assert "Adresse à confirmer" in read(site.get("/compte/"))
    site.post("/compte/adresse/", {"email": "louise@parvis.example"})
    site.post(last_link())
    louise.refresh_from_db()
    assert louise.is_confirmed
    assert len(mail.outbox) == 1


def test_an_address_that_has_an_account_is_never_taken_over_its_holder_links_it(site, issuer, at):
    words = {"email": "louise@agents.example", "password": "un bon mot"}
    known = actions.open_account(**words, public_name="Ancienne", at=at)
    answer = come_back(site, "louise", issuer)
    assert "Un compte existe déjà" in read(site.post(answer.url, {"public_name": "Nouvelle"}))
    assert not SocialAccount.objects.exists()
    signed_in = site.post(
        f"/compte/connexion/?next={answer.url}", {"username": words["email"], "password": words["password"]}
    )
    assert signed_in.url == answer.url
    site.post(answer.url)
    assert SocialAccount.objects.get().user == known
    assert Actor.objects.count() == 1


def test_the_address_of_a_closed_account_opens_no_other_and_the_person_is_told(site, issuer, at):
    actions.open_account(email="louise@agents.example", password="un bon mot", public_name="Ancienne", at=at)
    Actor.objects.update(is_active=False)
    answer = come_back(site, "louise", issuer)
    assert "est fermé" in read(site.post(answer.url, {"public_name": "Nouvelle"}))
    assert (Actor.objects.count(), SocialAccount.objects.exists()) == (1, False)


def test_a_name_that_is_taken_is_refused_there_too(site, issuer, jeanne):
    answer = come_back(site, "louise", issuer)
    assert "est pris" in read(site.post(answer.url, {"public_name": "JEANNE"}))
    assert Actor.objects.count() == 1


def test_a_closed_account_does_not_enter_by_its_identity(site, issuer):
    answer = come_back(site, "louise", issuer)
    site.post(answer.url, {"public_name": "Louise"})
    site.post("/compte/deconnexion/")
    Actor.objects.update(is_active=False)
    assert come_back(site, "louise", issuer).url == "/compte/connexion/"
    assert "Ce compte est fermé" in read(site.get("/compte/connexion/"))


def test_a_provider_that_does_not_answer_is_told(site, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = site.post("/compte/fournisseur/")
    assert "ne répond pas" in read(answer)


def test_an_account_without_password_signs_in_again_before_it_is_erased(site, issuer):
    answer = come_back(site, "louise", issuer)
    site.post(answer.url, {"public_name": "Louise"})
    assert "sans retour possible" in read(site.get("/compte/effacer/"))
    session = site.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 0}]
    session.save()
    assert site.get("/compte/effacer/").url.startswith("/compte/connexion/")
    come_back(site, "louise", issuer)
    site.post("/compte/effacer/", {"is_sure": "on"})
    assert not SocialAccount.objects.exists()
