"""The demonstration's debate says what its text is: a fictitious one is never said to be a law."""

import pytest

from parvis.config import debating
from parvis.core.actors.models import Organisation
from parvis.core.texts.kinds import TEXT_KINDS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("is_fictitious", "said"), [(True, "texte fictif"), (False, "vrai texte")])
def test_the_debate_says_whether_its_text_is_a_real_one(capsys, is_fictitious, said):
    kind = TEXT_KINDS.filled()["draft"]
    debating.publish_texts(kind, kind.folder / kind.sample, is_fictitious=is_fictitious)
    opened = debating.open_live_debate(Organisation.objects.create(slug="ministere", name="Ministère"))

    assert f"il porte sur un {said}" in opened.summary
    assert "(s)" not in capsys.readouterr().out
