"""LOG-8: whatever is done and undone, the log holds exactly one leaf for each event that was committed."""

import json
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.ledger.tiles import ENTRIES, entries_of, level_tiles
from parvis.core.ledger.verifying import verify

AT = datetime(2016, 3, 1, 12, 30, tzinfo=UTC)


class Acts(RuleBasedStateMachine):
    """Seal, erase, give up, publish, in any order; `committed` is what the log must hold, no more and no less."""

    def __init__(self):
        super().__init__()
        self.home = Path(mkdtemp())
        self.settings = override_settings(PARVIS_HOME=self.home)
        self.settings.enable()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.committed = Counter()
        self.serial = 0

    def seal(self, count, hidden):
        keys = [f"k{self.serial + number}" for number in range(count)]
        self.serial += count
        for key in keys:
            ledger.append(kind="contribution.received", stream="s", key=key, content={"n": key}, hidden=hidden, at=AT)
        return [("contribution.received", key) for key in keys]

    @rule(count=st.integers(1, 300), hidden=st.sampled_from([None, {"choice": "oui"}]))
    def act(self, count, hidden):
        with transaction.atomic():
            sealed = self.seal(count, hidden)
        self.committed.update(sealed)

    @rule(count=st.integers(1, 30))
    def give_up(self, count):
        with transaction.atomic():
            self.seal(count, None)
            transaction.set_rollback(True)

    @rule(kept=st.integers(1, 5), lost=st.integers(1, 5))
    def give_up_a_part(self, kept, lost):
        with transaction.atomic():
            sealed = self.seal(kept, None)
            with transaction.atomic():
                self.seal(lost, None)
                transaction.set_rollback(True)
        self.committed.update(sealed)

    @rule(choice=st.randoms(use_true_random=False), is_kept=st.booleans())
    def erase(self, choice, is_kept):
        alive = list(Entry.objects.filter(erased_by=None, kind="contribution.received").order_by("pk")[:400])
        if not alive:
            return
        entry = choice.choice(alive)
        with transaction.atomic():
            ledger.erase(entry=entry, because="demande", at=AT)
            transaction.set_rollback(not is_kept)
        self.committed[("entry.erased", entry.key)] += is_kept

    @rule()
    def publish(self):
        ledger.sequence(at=AT)

    def teardown(self):
        ledger.sequence(at=AT)
        assert Counter(self.leaves()) == +self.committed
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)
        self.settings.disable()
        shutil.rmtree(self.home)

    def leaves(self):
        if not self.committed:
            return
        public = ledger.folder()
        for tile in level_tiles(ENTRIES, verify(str(public.path)).size):
            for leaf in map(json.loads, entries_of(public.read(tile), tile)):
                yield leaf["t"], leaf["k"]


@pytest.mark.django_db
def test_any_sequence_of_acts_leaves_one_leaf_for_each_event():
    run_state_machine_as_test(Acts, settings=settings(max_examples=30, stateful_step_count=15, deadline=None))
