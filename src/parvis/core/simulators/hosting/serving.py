"""The engine's process: it loads the engine once, forks the hands that compute, and stands between them and callers.

One loop, no thread: it never computes, so it always answers. Run by `starting`, in the engine's own Python.
"""

import gc
import json
import os
import resource
import selectors
import socket
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

from parvis.core.errors import ParvisError
from parvis.core.simulators.hosting import hands, noting
from parvis.core.simulators.hosting.exchanging import Closed, Parcel, Peer
from parvis.core.simulators.hosting.hands import Hand, Worker, entities_of
from parvis.core.simulators.hosting.messages import refused_frame
from parvis.core.simulators.hosting.queueing import MOST_GATHERED_ROWS, WORDS, Job, Store, Waiting, job_of
from parvis.core.simulators.hosting.refusals import EngineBusy, EngineStopped, TooLong, WrongFrame
from parvis.core.simulators.hosting.wire import assemble, pack

LOOK_SECONDS = 1.0
START_SECONDS = 60.0
"""What a hand may take to be ready, which is not of the calculation that waits for it."""


class Server:
    """Callers on one side, hands on the other."""

    def __init__(self, told: dict[str, Any], worker: Worker, notes: int) -> None:
        """Listen at the agreed address, and fork the hands."""
        self.path, self.seconds, self.processes = Path(told["path"]), float(told["seconds"]), int(told["processes"])
        self.worker, self.notes, self.idle = worker, notes, float(told["idle"])
        self.selector = selectors.DefaultSelector()
        self.callers: set[Peer] = set()
        self.hands: list[Hand] = []
        self.waiting, self.store = Waiting(), Store()
        self.counts = {"asked": 0, "calculations": 0, "stored": 0, "ended": 0}
        self.is_leaving, self.active = False, monotonic()
        self.listening = listen(self.path)
        self.place = self.path.stat().st_ino
        self.selector.register(self.listening, selectors.EVENT_READ)
        self.fork_missing()

    def run(self) -> None:
        """Serve until nobody needs this process."""
        while not (self.is_leaving and not self.callers):
            for key, _ in self.selector.select(LOOK_SECONDS if self.is_leaving else self.patience()):
                self.serve(key.data)
            self.look(monotonic())
            self.dispatch()

    def patience(self) -> float:
        """Return how long nothing may happen: until a hand is late."""
        return max(0.0, min([LOOK_SECONDS, *(hand.until - monotonic() for hand in self.hands)]))

    def serve(self, peer: Peer | None) -> None:
        """Read from and write to whoever is ready."""
        if peer is None:
            self.accept()
        elif not peer.is_gone:
            try:
                self.read(peer)
            except Closed:
                self.bury(peer) if isinstance(peer, Hand) else self.forget(peer)
            except ParvisError as error:
                self.refuse(peer, error)
            self.watch(peer)

    def read(self, peer: Peer) -> None:
        """Take what a peer has said. Raises Closed, and what its frames are refused for."""
        peer.flush()
        if not peer.is_ending:
            for parcel in peer.parcels():
                self.relay(peer, parcel) if isinstance(peer, Hand) else self.take(peer, parcel)

    def refuse(self, peer: Peer, error: ParvisError) -> None:
        """End a conversation that cannot go on: where a wrong frame stops is not known."""
        peer.is_ending = True
        self.tell(peer, refused_frame(error))

    def accept(self) -> None:
        sock, _ = self.listening.accept()
        peer = Peer(sock)
        self.callers.add(peer)
        self.selector.register(sock, selectors.EVENT_READ, peer)

    def watch(self, peer: Peer) -> None:
        """Look at what a peer awaits: to read from it, and to write what it has not taken."""
        if peer.is_ending and not peer.has_more:
            self.forget(peer)
        if not peer.is_gone:
            writing = selectors.EVENT_WRITE if peer.has_more else 0
            self.selector.modify(peer.sock, selectors.EVENT_READ | writing, peer)

    def tell(self, peer: Peer, *pieces: bytes | memoryview) -> None:
        """Send to a caller, unless it has gone."""
        if peer.is_gone:
            return
        try:
            peer.send(*pieces)
        except Closed:
            self.forget(peer)
        else:
            self.watch(peer)

    def forget(self, peer: Peer) -> None:
        """Drop a caller that has gone, and what it asked: long cases are not run for nobody."""
        if peer.is_gone:
            return
        peer.is_gone = True
        self.selector.unregister(peer.sock)
        peer.sock.close()
        self.callers.discard(peer)
        self.waiting.drop([job for job in self.waiting if job.peer is peer])
        for hand in self.hands:
            if any(job.peer is peer and job.word == "cases" for job in hand.jobs):
                hand.kill()

    def take(self, peer: Peer, parcel: Parcel) -> None:
        """Do what a caller says."""
        self.active = monotonic()
        word = parcel.header.get("word")
        if word in WORDS:
            self.receive(job_of(peer, parcel, self.active))
        elif word == "status":
            self.tell(peer, pack(self.status()))
        elif word == "stop":
            self.tell(peer, pack({"end": True}))
            self.leave()
        elif word != "keep":
            raise WrongFrame("Ce mot n'est pas connu du moteur.")

    def status(self) -> dict[str, object]:
        busy = sum(not hand.is_free() for hand in self.hands)
        found = {"pid": os.getpid(), "hands": [hand.pid for hand in self.hands], "busy": busy}
        return {**found, "waiting": len(self.waiting), **self.counts}

    def receive(self, job: Job) -> None:
        """Answer at once what was answered lately; let the rest wait for a hand."""
        self.counts["asked"] += 1
        known = None if job.parcel.header.get("anew") else self.store.get(job.key)
        if known is not None:
            self.counts["stored"] += 1
            self.tell(job.peer, assemble(*known))
            return
        try:
            self.waiting.add(job, held=sum(len(hand.jobs) for hand in self.hands))
        except EngineBusy as error:
            self.tell(job.peer, refused_frame(error))

    def dispatch(self) -> None:
        """Give what waits to the hands that are free."""
        while self.waiting:
            self.fork_missing()
            free = [hand for hand in self.hands if hand.is_free()]
            if not free:
                return
            jobs = self.waiting.take()
            self.counts["calculations"] += 1
            # Small calculations meet in the first hand, which remembers the last one; populations leave it alone.
            hand = free[0] if sum(job.rows for job in jobs) <= MOST_GATHERED_ROWS else free[-1]
            with suppress(Closed):  # its end is read next, and the jobs are told
                hand.give(jobs, monotonic() + self.seconds + (0 if hand.is_ready else START_SECONDS))
            self.watch(hand)

    def fork_missing(self) -> None:
        while len(self.hands) < self.processes:
            others = [self.listening, *(peer.sock for peer in (*self.callers, *self.hands))]
            hand = hands.forked(self.worker.work, others, self.notes)
            self.hands.append(hand)
            self.selector.register(hand.sock, selectors.EVENT_READ, hand)

    def relay(self, hand: Hand, parcel: Parcel) -> None:
        """Give a hand's answer to whoever asked. Raises Closed where it is its last."""
        if "ready" in parcel.header:
            hand.is_ready = True
            hand.until = monotonic() + self.seconds if hand.jobs else float("inf")
            return
        if "done" in parcel.header:
            hand.rest()
            if parcel.header["leaves"]:
                raise Closed
            return
        header = dict(parcel.header)
        job = hand.jobs[header.pop("job")]
        if "item" in header:
            hand.until = monotonic() + self.seconds
        else:
            job.is_answered = True
            self.store.keep(job.key, header, parcel.payload)
        self.tell(job.peer, assemble(header, parcel.payload))

    def bury(self, hand: Hand) -> None:
        """Remove a hand that died: those it computed for together are tried again, one by one."""
        self.counts["ended"] += 1
        hand.is_gone = True
        self.selector.unregister(hand.sock)
        self.hands.remove(hand)
        hand.end()
        left = [job for job in hand.jobs if not job.is_answered and not job.peer.is_gone]
        if len(hand.jobs) > 1:
            self.waiting.put_back(left, monotonic())
            return
        for job in left:
            self.tell(job.peer, refused_frame(self.reason(hand)))

    def reason(self, hand: Hand) -> ParvisError:
        if hand.is_late:
            return TooLong(
                f"Ce calcul a pris plus de {self.seconds:g} secondes et a été arrêté : donnez moins de cas."
            )
        return EngineStopped(
            "Le moteur s'est arrêté pendant ce calcul. Un autre prend la suite : réessayez, ou avec moins de cas."
        )

    def look(self, now: float) -> None:
        """End the hands that are late, tell those who have waited too long, and leave where nobody needs us."""
        for hand in self.hands:
            if now > hand.until and not hand.is_late:
                hand.is_late = True
                hand.kill()
        for job in [job for job in self.waiting if now > job.arrived + self.seconds]:
            self.waiting.drop([job])
            self.tell(
                job.peer, refused_frame(EngineBusy("Ce moteur n'a pas pu prendre ce calcul à temps : réessayez."))
            )
        if self.callers:
            self.active = now
        if not self.is_leaving and (now > self.active + self.idle or not self.is_reachable()):
            self.leave()

    def is_reachable(self) -> bool:
        """Say whether the address is still ours: its folder may be gone, or another process may hold it."""
        return self.path.exists() and self.path.stat().st_ino == self.place

    def leave(self) -> None:
        """Take no new caller; what was asked is answered first."""
        if self.is_reachable():
            self.path.unlink()
        self.is_leaving = True
        working = {job.peer for job in (*self.waiting, *(job for hand in self.hands for job in hand.jobs))}
        for peer in self.callers - working:
            peer.is_ending = True
            self.watch(peer)


def listen(path: Path) -> socket.socket:
    """Listen at an address that its owner only may reach."""
    listening = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    listening.bind(str(path))
    os.umask(before)
    listening.listen(256)
    return listening


def serve(told: dict[str, Any]) -> None:
    """Load the engine, say that it is ready, and serve."""
    prepared = Path(told["prepared"])
    engine = import_module(told["module"]).load(prepared / "image")
    worker = Worker(engine, entities_of(prepared), int(told["memory"]))
    notes = noting.hush()
    gc.collect()
    gc.freeze()
    try:
        server = Server(told, worker, notes)
        os.write(told["ready"], b"ready")
        os.close(told["ready"])
        server.run()
    finally:  # the standard trace would show the words of an error, which may hold what was asked
        noting.note_end(notes)
        os._exit(0)


if __name__ == "__main__":
    # A core file would hold what was asked.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if os.fork():
        os._exit(0)
    serve(json.loads(sys.argv[1]))
