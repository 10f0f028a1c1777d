"""Signing up, by a link that proves an address; nobody learns whether an address has an account."""

import base64
import hashlib
import html
import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_altcha import get_altcha_challenge

from core.actors.conftest import PASSWORD
from parvis.core.actors import actions
from parvis.core.actors.models import Actor
from parvis.core.actors.signing import actions as signing
from parvis.core.ledger.models import Entry

pytestmark = pytest.mark.django_db
NEW = {"public_name": "Marguerite", "password": PASSWORD}


def text(answer):
    """Return a page as it is read, less what is drawn anew each time."""
    page = re.sub(
        r'csrfmiddlewaretoken" value="\w+|data-(?:challenge|salt|signature)="[^"]+', "", answer.content.decode()
    )
    return html.unescape(page)


def solved(most=2000):
    """Do what a browser does: find the number whose hash with the salt is the challenge."""
    asked = get_altcha_challenge(max_number=most)
    found = next(
        n for n in range(most + 1) if hashlib.sha256(f"{asked.salt}{n}".encode()).hexdigest() == asked.challenge
    )
    proof = {name: getattr(asked, name) for name in ("algorithm", "challenge", "salt", "signature")} | {
        "number": found
    }
    return base64.b64encode(json.dumps(proof).encode()).decode()


def test_one_signs_up_by_the_mail_s_link_and_is_signed_in_with_a_confirmed_address(client, last_link):
    client.post("/compte/inscription/", {"email": "Marguerite@Parvis.example", "proof": solved()})
    assert mail.outbox[0].to == ["marguerite@parvis.example"]
    assert not Actor.objects.exists(), "nothing is kept before the link is opened"
    client.post(last_link(), NEW)
    marguerite = Actor.objects.get()
    assert marguerite.is_confirmed
    actions.require_confirmed(marguerite)
    assert client.get("/compte/?format=json").json()["public_name"] == "Marguerite"
    entry = Entry.objects.get(kind="account.opened")
    assert "arguerite" not in f"{entry.opening}{bytes(entry.leaf)}{entry.hidden}"


def test_the_link_serves_once(client, last_link):
    client.post("/compte/inscription/", {"email": "marguerite@parvis.example"})
    link = last_link()
    client.post(link, NEW)
    again = client.get(link)
    assert again.status_code == 410
    assert "sert une seule fois" in text(again)


def test_the_link_expires_within_an_hour(client):
    token = signing.sign_up_token("marguerite@parvis.example", at=timezone.now() - timedelta(seconds=3601))
    assert client.get(f"/compte/inscription/{token}/").status_code == 410
    fresh = signing.sign_up_token("marguerite@parvis.example", at=timezone.now() - timedelta(seconds=3590))
    assert client.get(f"/compte/inscription/{fresh}/").status_code == 200


def test_a_link_serves_its_own_purpose_only(client, jeanne):
    token = signing.reset_token(jeanne, at=timezone.now())
    assert client.get(f"/compte/inscription/{token}/").status_code == 410
    assert client.get(f"/compte/mot-de-passe/nouveau/{token[:-4]}AAAA/").status_code == 410


def test_the_address_is_not_readable_in_the_link():
    token = signing.sign_up_token("marguerite@parvis.example", at=timezone.now())
    assert b"marguerite" not in base64.urlsafe_b64decode(token)


@pytest.mark.parametrize("page", ["inscription", "mot-de-passe/oublie"])
def test_a_page_says_the_same_whether_the_address_has_an_account_or_not(client, jeanne, page):
    said = [
        client.post(f"/compte/{page}/", {"email": email}, follow=True)
        for email in ("jeanne@parvis.example", "personne@parvis.example")
    ]
    assert text(said[0]) == text(said[1])
    assert said[0].redirect_chain == said[1].redirect_chain
    assert mail.outbox[0].subject != mail.outbox[1].subject, "only the mailbox learns it"


@pytest.fixture
def closed(jeanne):
    """Return an account that those who run the site have closed."""
    Actor.objects.filter(pk=jeanne.pk).update(is_active=False)
    return jeanne


@pytest.mark.parametrize("page", ["inscription", "mot-de-passe/oublie"])
def test_a_closed_account_is_told_so_by_mail_and_the_page_says_nothing_of_it(client, closed, page):
    said = [
        text(client.post(f"/compte/{page}/", {"email": email}, follow=True))
        for email in ("jeanne@parvis.example", "personne@parvis.example")
    ]
    assert said[0] == said[1]
    assert "le compte de cette adresse est fermé" in mail.outbox[0].subject
    assert "/compte/" not in mail.outbox[0].body, "no link that would not work"


def test_nobody_moves_to_the_address_of_a_closed_account(client, closed, last_link):
    other = actions.open_account(email="autre@parvis.example", public_name="Autre", password="mot", at=timezone.now())
    client.force_login(other)
    client.post("/compte/adresse/", {"email": "jeanne@parvis.example"})
    assert "est fermé" in mail.outbox[0].subject
    token = signing.address_token(other, "jeanne@parvis.example", at=timezone.now())
    assert client.post(f"/compte/adresse/{token}/").status_code == 410


def test_changing_address_does_not_tell_who_has_an_account(client, jeanne):
    other = actions.open_account(email="autre@parvis.example", public_name="Autre", password="mot", at=timezone.now())
    client.force_login(other)
    said = [
        text(client.post("/compte/adresse/", {"email": email}, follow=True))
        for email in ("jeanne@parvis.example", "libre@parvis.example")
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("JÉANNE", "est pris"),
        ("Jeanпe", "un seul alphabet"),
        ("Jeаnnе", "un seul alphabet"),
        ("J e-a.n n e", "est pris"),
        ("jeanne@parvis.example", "adresse électronique"),
        ("Jo", "de 3 à 40"),
        ("Modération", "service public"),
        ("M0DERATI0N", "service public"),
        ("compte effacé", "service public"),
        ("<b>gras</b>", "des lettres"),
        ("1234", "des lettres"),
    ],
)
def test_a_public_name_that_would_be_read_as_another_s_is_refused(client, jeanne, name, why):
    link = f"/compte/inscription/{signing.sign_up_token('autre@parvis.example', at=timezone.now())}/"
    answer = client.post(link, {"public_name": name, "password": PASSWORD})
    assert why in text(answer)
    assert Actor.objects.count() == 1


def test_a_weak_password_is_refused(client):
    link = f"/compte/inscription/{signing.sign_up_token('autre@parvis.example', at=timezone.now())}/"
    assert "trop" in text(client.post(link, {"public_name": "Autre", "password": "123"}))
    assert not Actor.objects.exists()


def test_without_proof_of_work_sign_ups_are_few_and_with_it_a_class_room_s(client):
    plain = [client.post("/compte/inscription/", {"email": f"p{n}@parvis.example"}).status_code for n in range(5)]
    assert plain == [302, 302, 302, 429, 429]
    proved = [
        client.post("/compte/inscription/", {"email": f"q{n}@parvis.example", "proof": solved()}).status_code
        for n in range(20)
    ]
    assert set(proved) == {302}
    assert len(mail.outbox) == 23


def test_a_proof_serves_once_and_cannot_be_made_up(client):
    proof = solved()
    assert client.post("/compte/inscription/", {"email": "a@parvis.example", "proof": proof}).status_code == 302
    for wrong in (proof, "nimporte", base64.b64encode(b'{"challenge": 1}').decode()):
        again = client.post("/compte/inscription/", {"email": "b@parvis.example", "proof": wrong})
        assert "preuve d'effort de votre navigateur n'est plus valable" in text(again)
    assert len(mail.outbox) == 1


def test_passwords_cannot_be_guessed_for_long(client, jeanne):
    words = {"username": "jeanne@parvis.example", "password": "faux"}
    said = [client.post("/compte/connexion/", words).status_code for _ in range(12)]
    assert said == [200] * 10 + [429] * 2
    assert "Trop d" in text(client.post("/compte/connexion/", words))


def test_a_forgotten_password_is_renewed_once_and_every_session_is_closed(client, jeanne, last_link):
    elsewhere = client.__class__()
    elsewhere.force_login(jeanne)
    client.post("/compte/mot-de-passe/oublie/", {"email": "JEANNE@parvis.example"})
    link = last_link()
    client.post(link, {"password": PASSWORD})
    assert client.post("/compte/connexion/", {"username": jeanne.email, "password": PASSWORD}).status_code == 302
    assert elsewhere.get("/compte/").status_code == 302
    assert client.get(link).status_code == 410


def test_an_address_changes_once_it_is_proved_and_the_former_one_is_told(client, jeanne, last_link):
    client.force_login(jeanne)
    client.post("/compte/adresse/", {"email": "jeanne@ailleurs.example"})
    link = last_link()
    jeanne.refresh_from_db()
    assert jeanne.email == "jeanne@parvis.example", "not before the link"
    assert client.get(link).status_code == 200
    jeanne.refresh_from_db()
    assert jeanne.email == "jeanne@parvis.example", "a program that reads mails only opens the link"
    client.post(link)
    jeanne.refresh_from_db()
    assert jeanne.email == "jeanne@ailleurs.example"
    assert mail.outbox[-1].to == ["jeanne@parvis.example"]
    assert client.get(link).status_code == 410


def test_a_name_changes_on_its_own_fold_too(client, jeanne):
    client.force_login(jeanne)
    client.post("/compte/nom/", {"public_name": "JEANNE"})
    jeanne.refresh_from_db()
    assert jeanne.public_name == "JEANNE"
    client.post("/compte/nom/", {"public_name": "Marguerite"})
    jeanne.refresh_from_db()
    assert (jeanne.public_name, jeanne.folded_name) == ("Marguerite", "marguerlte")
    assert not Entry.objects.filter(opening__contains="Marguerite").exists()


def test_the_session_s_key_changes_at_sign_in(client, jeanne):
    client.get("/compte/connexion/")
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.post("/compte/connexion/", {"username": jeanne.email, "password": "un bon mot"})
    assert client.session.session_key != before


def test_one_closes_one_s_other_sessions(client, jeanne):
    elsewhere = client.__class__()
    for door in (client, elsewhere):
        door.force_login(jeanne)
    assert client.get("/compte/?format=json").json()["sessions"] == 2
    client.post("/compte/deconnexion/partout/")
    assert client.get("/compte/").status_code == 200
    assert elsewhere.get("/compte/").status_code == 302


def test_a_mail_that_does_not_leave_is_told_and_nothing_is_changed(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = client.post("/compte/inscription/", {"email": "a@parvis.example"})
    assert "Le courriel n" in text(answer)
    assert "Recommencez" in text(answer)


def test_mails_are_files_by_default(client, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    client.post("/compte/inscription/", {"email": "a@parvis.example"})
    (written,) = tmp_path.iterdir()
    assert "a@parvis.example" in written.read_text()
