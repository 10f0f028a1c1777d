"""Someone replies to a contribution while it is being hidden: the decision stands, and the reply is told why."""

import pytest

from core.processes.meanwhile import meanwhile
from parvis.core.processes import actions as debates
from parvis.core.processes.erasing import actions as erasing
from parvis.core.processes.models import Contribution
from parvis.core.processes.moderating import actions
from parvis.core.processes.placing import WrongTarget

from .conftest import DURING

HIDE = actions.Ruling("hidden", "injure-diffamation", "Traite un maire d'un nom injurieux.")


@pytest.mark.django_db(transaction=True)
def test_a_decision_and_a_reply_at_once_do_not_wait_for_each_other(proposal, person):
    one, ali = proposal(), person("Ali")

    def reply():
        with pytest.raises(WrongTarget, match="n'est plus publiée"):
            debates.contribute(
                process=one.process, kind="argument", fields={"side": "for", "text": "Très bien."}, author=ali,
                parent=one, at=DURING,
            )  # fmt: skip

    with meanwhile(reply, after='INSERT INTO "moderating_decision"'):
        actions.decide(contributions=[one], ruling=HIDE, at=DURING, mandate=None)
    found = Contribution.objects.get()
    assert (found.state, found.replies) == ("hidden", 0)


@pytest.mark.django_db(transaction=True)
def test_words_erased_in_two_debates_and_a_decision_on_both_do_not_wait_for_each_other(debate, person):
    """She wrote in the second debate first: erased one by one, her words would take the two the other way round."""
    first, second = debate("un", "Un"), debate("deux", "Deux")
    jeanne, ali = person("Jeanne"), person("Ali")

    def say(process, author):
        fields = {"title": f"De {author}", "text": "Des cantines."}
        return debates.contribute(process=process, kind="proposal", fields=fields, author=author, at=DURING)

    hers, his = [[say(process, author) for process in (second, first)] for author in (jeanne, ali)]

    def decide():
        actions.decide(contributions=his, ruling=HIDE, at=DURING, mandate=None)

    with meanwhile(decide, after='UPDATE "processes_edition"'):
        erasing.erase_written(actor=jeanne, at=DURING)
    states = dict(Contribution.objects.values_list("pk", "state"))
    assert [states[one.pk] for one in (*hers, *his)] == ["withdrawn"] * 2 + ["hidden"] * 2
