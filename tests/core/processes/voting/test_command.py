"""`parvis verify poll`: a file or an identifier; the log searched too; a refusal names what is wrong."""

import pytest
from click.testing import CliRunner

from parvis.config.commands import verify
from parvis.core.ledger import actions as ledger
from parvis.core.processes.voting.models import Ballot
from parvis.core.processes.voting.recounting import recount

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def voted(poll, people, cast):
    held = poll()
    for voter, choice in zip(people(3), ("vert", "bleu", "vert"), strict=True):
        cast(held, voter, choice)
    return held


def test_a_vote_recounts_from_a_file_then_from_its_identifier(voted, exported, tmp_path, capsys):
    file = tmp_path / "vote.jsonl"
    file.write_bytes(b"".join(exported(voted)))
    key = ledger.public_key()
    for name in (str(file), voted.slug):
        verify.verify_poll(name, key=key, log=str(ledger.folder().path))
    told = capsys.readouterr().out.splitlines()

    assert (
        told
        == ["Le vote « couleur » se recompte : 3 bulletins, Vert 2, Bleu 1, Gris 0 ; 0 en attente de publication."] * 2
    )


def test_without_key_nor_log_it_says_what_it_could_not_check(voted, publish, capsys):
    publish()
    verify.verify_poll(voted.slug, key=None, log=None)
    told = capsys.readouterr().out

    assert "comparez-la à une copie reçue par ailleurs" in told
    assert "Avec --log" in told


def test_a_vote_that_does_not_recount_is_a_refusal_that_names_it(voted, publish):
    publish()
    Ballot.objects.filter(choice="bleu").update(choice="vert")

    with pytest.raises(
        verify.PollDiffers, match=r"Position [0-9]+ : le bulletin n'est pas ce que le journal a scellé"
    ):
        verify.verify_poll(voted.slug, key=None, log=None)


def test_the_operator_opens_a_secret_vote_for_its_auditor_who_recounts_the_choices(
    poll, people, cast, publish, tmp_path
):
    held, file = poll(mode="secret"), tmp_path / "ouvert.jsonl"
    for voter, choice in zip(people(3), ("vert", "bleu", "vert"), strict=True):
        cast(held, voter, choice)
    publish()
    secret, opened = (CliRunner().invoke(verify.command, ["poll", held.slug, *more]).output
                      for more in ([], ["--opened", str(file)]))  # fmt: skip

    assert "choix non publiés" in secret
    assert "3 bulletins, Vert 2, Bleu 1, Gris 0" in opened
    assert file.stat().st_mode & 0o077 == 0
    assert recount(file.read_bytes().splitlines()).tally == {"vert": 2, "bleu": 1}


def test_an_unknown_vote_is_a_sentence():
    with pytest.raises(verify.UnknownPoll, match="« aucun » n'est ni un vote de ce site, ni un fichier"):
        verify.verify_poll("aucun", key=None, log=None)
