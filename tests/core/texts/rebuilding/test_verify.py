"""`parvis text verify`: each version published is rebuilt from what it changed, or is named."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from core.texts.pages.small import law
from parvis.config.commands.text import NotWhatWasSealed, command
from parvis.core.texts import actions
from parvis.core.texts.kinds import TEXT_KINDS
from parvis.core.texts.models import Wording

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def printed() -> str:
    answer = CliRunner().invoke(command, ["verify"], catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output.replace("\u202f", " ").replace("\xa0", " ")


def test_every_version_of_real_texts_is_rebuilt(db, data):
    for read in TEXT_KINDS.filled()["bill"].read(data / "workflows/law/bills/pjl15-034"):
        actions.publish_text(read=read, at=AT)
    assert "pjl15-034 : 9 versions rebâties à l'octet près" in printed()


def test_a_version_whose_words_were_changed_is_named(db):
    text = actions.publish_text(read=law(), at=AT, is_fictitious=True)
    assert f"{text.slug} : " in printed()
    wording = Wording.objects.filter(passages__version=text.versions.latest("number")).first()
    Wording.objects.filter(pk=wording.pk).update(body=wording.body + " Ou non.")
    with pytest.raises(NotWhatWasSealed, match="scellée au journal"):
        printed()
