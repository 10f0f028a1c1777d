"""Someone who did everything in a debate leaves, their words too: tools that we did not write still accept the log."""

import json
import shutil
import subprocess
import sys

import pytest

from core.processes.debate.leaving import BEGINNING, NOW, Life
from house.law import ROOT
from parvis.core.ledger import actions as ledger
from parvis.core.processes.voting.counting import actions as counting

pytestmark = [pytest.mark.foreign]


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


@pytest.fixture
def life(settings, tmp_path, db):
    from core.processes.conftest import SmallText
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions, subjects

    settings.PARVIS_HOME = tmp_path
    subjects.DOORS["essai"] = lambda *_: SmallText()
    body = actors.register_organisation(slug="ministere-d-essai", name="Ministère d'essai", at=BEGINNING)
    yield Life(
        actions.open_process(
            procedure="cowriting", slug="loi-d-essai", title="Une loi d'essai", summary="Pour essayer.",
            organisation=body, subject="essai/loi", subject_version="v1", starts_at=BEGINNING, at=BEGINNING,
        )
    )  # fmt: skip
    del subjects.DOORS["essai"]


@pytest.mark.django_db(transaction=True)
def test_the_log_and_the_votes_are_still_accepted_by_tools_that_we_did_not_write(judges, life, client, tmp_path):
    ledger.sequence(at=NOW)
    public = tmp_path / "log" / "public"
    old = shutil.copy(public / "checkpoint", tmp_path / "old-checkpoint")
    key = shutil.copy(public / "cle", tmp_path / "key")
    life.leaves(client, with_words=True)
    size = ledger.sequence(at=NOW).size

    accepted = run(judges / "verify-log", "log", public, key, old)
    assert accepted.stdout.startswith(f"ACCEPTED {size} entries"), accepted.stderr
    source = ("--tiles", public, "--vkey-file", key)
    for word, options in (("verify-checkpoint", ()), ("verify-consistency", ("--old-checkpoint", old))):
        judged = run(judges / "aics-tlog", word, *source, *options)
        assert json.loads(judged.stdout)["ok"], (word, judged.stdout)
    (tmp_path / "vote.jsonl").write_bytes(b"".join(counting.export(poll=life.poll)))
    told = run(sys.executable, "-I", ROOT / "docs" / "do" / "recompter.py", tmp_path / "vote.jsonl")
    assert told.returncode == 0, told.stderr
    assert "2 bulletins, {'for': 2}" in told.stdout
