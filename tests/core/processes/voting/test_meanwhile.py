"""A vote that comes while its contribution is being edited, withdrawn or hidden is counted everywhere, or nowhere."""

import pytest

from core.processes.meanwhile import meanwhile
from parvis.core.processes import actions as debates
from parvis.core.processes.models import Contribution
from parvis.core.processes.voting import actions

from .conftest import DURING

AFTER_THE_CHECK = {"edit": 'FROM "processes_edition"', "withdraw": '"processes_lexeme"', "hide": '"processes_lexeme"'}


def edit(one):
    fields = {"title": "Fermer les menus", "text": "Le contraire."}
    debates.edit(contribution=one, fields=fields, basis_edition=1, author=one.author, at=DURING)


def withdraw(one):
    debates.withdraw(contribution=one, because="Je me suis trompée.", author=one.author, at=DURING)


def hide(one):
    debates.hide(contribution=one, because="Décision n° 1", at=DURING)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["public", "secret"])
def test_a_vote_in_the_middle_of_an_edit_is_not_counted_on_words_that_it_did_not_read(proposal, person, cast, mode):
    proposal.process.metadata["vote_mode"] = mode
    poll, ali = actions.poll_on(contribution=proposal, form="opinion", at=DURING), person("Ali")
    refused = []

    def vote():
        with pytest.raises(actions.WordsChanged) as caught:
            cast(poll, ali, "for", edition=1)
        refused.append((caught.value.read, caught.value.now))

    with meanwhile(vote, after=AFTER_THE_CHECK["edit"]):
        edit(proposal)
    poll.refresh_from_db()
    assert (refused, poll.ballots, Contribution.objects.get(pk=proposal.pk).edition) == ([(1, 2)], 0, 2)


@pytest.mark.django_db(transaction=True)
def test_an_edit_in_the_middle_of_a_secret_vote_finds_its_ballot(proposal, person, cast):
    proposal.process.metadata["vote_mode"] = "secret"
    poll, ali = actions.poll_on(contribution=proposal, form="opinion", at=DURING), person("Ali")
    refused = []

    def rewrite():
        with pytest.raises(debates.CannotChange):
            edit(proposal)
        refused.append(True)

    with meanwhile(rewrite, after='FROM "processes_contribution"'):
        cast(poll, ali, "for", edition=1)
    assert (refused, Contribution.objects.get(pk=proposal.pk).edition) == ([True], 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [edit, withdraw, hide])
def test_a_vote_in_the_middle_of_a_change_is_counted_on_the_contribution_too(proposal, person, cast, change):
    poll, ali = actions.poll_on(contribution=proposal, form="opinion", at=DURING), person("Ali")
    with meanwhile(lambda: cast(poll, ali, "for"), after=AFTER_THE_CHECK[change.__name__]):
        change(proposal)
    poll.refresh_from_db()
    assert (poll.counts["for"], Contribution.objects.get(pk=proposal.pk).votes_for) == (1, 1)
