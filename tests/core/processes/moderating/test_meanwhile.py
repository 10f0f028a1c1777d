"""Someone replies to a contribution while it is being hidden: the decision stands, and the reply is told why."""

import pytest

from core.processes.meanwhile import meanwhile
from parvis.core.processes import actions as debates
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
