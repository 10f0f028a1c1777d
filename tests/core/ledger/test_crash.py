"""LOG-3: the sequencer is killed thirty times while acts come; what was published holds, and no act is lost."""

import json
import os
import random
import signal
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from subprocess import PIPE, Popen
from time import sleep as pause

import pytest
from django.db import connection, transaction

from house.outside import database
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.ledger.notes import open_checkpoint
from parvis.core.ledger.tiles import ENTRIES, entries_of, level_tiles, nodes
from parvis.core.ledger.trees import root
from parvis.core.ledger.verifying import verify

KILLS = 30
SEQUENCERS = """
import django, os, sys
django.setup()
from django.utils import timezone
from parvis.core.ledger import actions
for _ in sys.stdin:
    child = os.fork()
    while not child:
        actions.sequence(at=timezone.now())
    print(child, flush=True)
    os.waitpid(child, 0)
"""
"""A process that knows Parvis and, asked for it, starts a sequencer that goes on until it is killed."""


@contextmanager
def sequencers(home):
    environment = {
        **os.environ, "PARVIS_HOME": str(home), "PARVIS_DATABASE": database(),
        "DJANGO_SETTINGS_MODULE": "parvis.config.settings", "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    command = [sys.executable, "-c", SEQUENCERS]
    with Popen(command, env=environment, stdin=PIPE, stdout=PIPE, text=True) as parent:
        yield parent
        parent.stdin.close()


def start(parent):
    """Start a sequencer; return its process."""
    print(file=parent.stdin, flush=True)
    return int(parent.stdout.readline())


@contextmanager
def beside(work):
    """Run the work again and again in a thread of its own, as other people do, until the end of the block."""
    stop = threading.Event()

    def run():
        while not stop.is_set():
            work()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class Crowd:
    """People who act, and someone who keeps every head that is published."""

    def __init__(self, home, at):
        self.checkpoint, self.at = home / "checkpoint", at
        self.draw = random.Random(6962)
        self.committed, self.published, self.serial = [], {}, iter(range(10**9))

    def act(self):
        keys = [f"k{next(self.serial)}" for _ in range(self.draw.randint(1, 40))]
        is_kept = self.draw.random() > 0.2
        with transaction.atomic():
            for key in keys:
                ledger.append(kind="contribution.received", stream="s", key=key, content={"key": key}, at=self.at)
            transaction.set_rollback(not is_kept)
        self.committed.extend(keys if is_kept else [])
        pause(0.005)

    def watch(self):
        if self.checkpoint.exists():
            self.published.setdefault(self.checkpoint.read_text(), len(self.published))
        pause(0.001)

    def wait_for_one_more_head(self):
        seen = len(self.published)
        while len(self.published) == seen:
            pause(0.001)


def kill_sequencers(crowd, parent):
    """Start and kill, thirty times; one time in three, perhaps before the first round."""
    for number in range(KILLS):
        process = start(parent)
        if number % 3:
            crowd.wait_for_one_more_head()
        pause(crowd.draw.uniform(0.0, 0.1))
        os.kill(process, signal.SIGKILL)


def keys_in_the_log(size):
    for tile in level_tiles(ENTRIES, size):
        for leaf in entries_of(ledger.folder().read(tile), tile):
            yield json.loads(leaf)["k"]


@pytest.mark.django_db(transaction=True)
def test_a_sequencer_killed_thirty_times_publishes_only_prefixes_and_loses_nothing(home, at):
    crowd = Crowd(home, at)
    with beside(crowd.act), beside(crowd.watch), sequencers(home.parents[1]) as parent:
        kill_sequencers(crowd, parent)
    head = ledger.sequence(at=at)
    ledger.sweep()

    heads = [open_checkpoint(note, ledger.ensure_key().verifier) for note in crowd.published]
    node = nodes(ledger.folder().read, head.size)
    assert len(heads) >= 20, "too few heads were seen for the kills to have tested anything"
    assert [older.size for older in heads] == sorted({older.size for older in heads})
    assert [older.size for older in heads if root(older.size, node) != older.root] == []
    assert verify(str(home)).size == head.size == len(crowd.committed)
    assert Counter(keys_in_the_log(head.size)) == Counter(crowd.committed)
    assert not Entry.objects.waiting().exists()
    assert [*home.rglob("*.tmp")] == []
