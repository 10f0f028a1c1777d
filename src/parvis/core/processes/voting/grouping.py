"""Writing together: what comes while a write is being made durable goes into the next one, all at once.

A durable commit waits some milliseconds for the disk, whatever it holds. So the first who comes writes; those who
come meanwhile wait, and the first of them then writes for all. Nobody is answered before the write that holds their
work has returned. There is no thread to start, to stop or to lose: whoever waits may have to write.
"""

from collections.abc import Callable, Sequence
from threading import BoundedSemaphore, Event, Lock
from typing import Generic, Self, TypeVar

from parvis.core.errors import ParvisError

Work = TypeVar("Work")
Outcome = TypeVar("Outcome")


class Overloaded(ParvisError):
    """So many are inside already that one more would make all wait too long."""


class NotWritten(ParvisError):
    """The write that held this work did not return: it may or may not be there."""


class Gate:
    """So many at once, and no more: one too many is refused at once, rather than made to wait.

    What is short under a rush is the processor: who waits inside costs little, who is let in by the hundred makes all
    wait. `with gate:` raises Overloaded.
    """

    def __init__(self, most: int) -> None:
        """Let so many in."""
        self._places = BoundedSemaphore(most)

    def __enter__(self) -> Self:
        if not self._places.acquire(blocking=False):
            raise Overloaded(
                "Trop de personnes envoient en même temps : votre envoi n'a pas été enregistré. "
                "Attendez quelques secondes, puis envoyez de nouveau."
            )
        return self

    def __exit__(self, *_: object) -> None:
        self._places.release()


class _Turn(Generic[Work, Outcome]):
    """One work that waits: for its outcome, or for its turn to write for the others."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.woken = Event()
        self.is_taken = False
        self.outcomes: list[Outcome] = []
        """The one outcome, once there is one."""


class Together(Generic[Work, Outcome]):
    """A write that takes many works at once, and gives their outcomes in the same order."""

    def __init__(
        self,
        write: Callable[[Sequence[Work]], Sequence[Outcome]],
        *,
        together: int,
        before_waiting: Callable[[], None] = lambda: None,
    ) -> None:
        """Bound how many one write takes; a gate bounds how many wait."""
        self._write, self._together, self._before_waiting = write, together, before_waiting
        self._mutex = Lock()
        self._turns: list[_Turn[Work, Outcome]] = []
        self._is_writing = False

    def do(self, work: Work) -> Outcome:
        """Return the outcome once the write that holds it has returned. Raises NotWritten."""
        turn = _Turn[Work, Outcome](work)
        if not self._enter(turn):
            self._before_waiting()
            turn.woken.wait()
        if not turn.is_taken:
            self._lead()
        if not turn.outcomes:
            raise NotWritten(
                "Votre envoi n'a pas pu être confirmé : il est peut-être enregistré, peut-être pas. Envoyez-le de "
                "nouveau depuis la même page : il ne comptera qu'une fois."
            )
        return turn.outcomes[0]

    def _enter(self, turn: _Turn[Work, Outcome]) -> bool:
        """Take a place; return whether it is the first, who writes."""
        with self._mutex:
            self._turns.append(turn)
            is_first, self._is_writing = not self._is_writing, True
            return is_first

    def _lead(self) -> None:
        """Write for those who wait, the first to have come first; then let the next one lead."""
        with self._mutex:
            taken, self._turns[: self._together] = self._turns[: self._together], []
        for turn in taken:
            turn.is_taken = True
        try:
            for turn, outcome in zip(taken, self._write([turn.work for turn in taken]), strict=True):
                turn.outcomes.append(outcome)
        finally:
            self._pass_on(taken)

    def _pass_on(self, taken: Sequence[_Turn[Work, Outcome]]) -> None:
        with self._mutex:
            self._is_writing = bool(self._turns)
            following = self._turns[:1]
        for turn in (*following, *taken):
            turn.woken.set()
