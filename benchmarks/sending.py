"""Send ballots over HTTP, each at its due time, and note what comes back: the generator of benchmarks/votes.py.

A process of its own, so that its work is not the site's. A wait is counted from the due time, not from the sending: a
site that lags is not spared. At rate 0, each connection sends as soon as it is free.

    python benchmarks/sending.py PORT FIRST RATE SECONDS CONNECTIONS FILE-OF-SESSIONS
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

TOKEN = "b" * 32
"""The secret of a form, given back by the cookie and by the form: Django compares both."""


def request(session: str, poll: int, choice: str, key: str) -> bytes:
    body = urlencode({"choix": choice, "envoi": key, "csrfmiddlewaretoken": TOKEN})
    return (
        f"POST /debats/votes/vote-{poll}/voter/ HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
        f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


class Outcomes:
    """What the generator saw: statuses, waits in seconds by status, receipts."""

    def __init__(self) -> None:
        self.waits: dict[int, list[float]] = {}
        self.refused: list[float] = []
        """How long each 503 took from its sending."""
        self.receipts: list[str] = []
        self.without_retry_after = 0

    def note(self, status: int, began: tuple[float, float], head: bytes, body: bytes) -> None:
        """Note an answer: when it was due, when it was sent, what came."""
        due, sent = began
        self.waits.setdefault(status, []).append(time.perf_counter() - due)
        if status == 503:
            self.refused.append(time.perf_counter() - sent)
        if status == 201:
            self.receipts.append(json.loads(body)["receipt"])
        if status == 503 and b"retry-after" not in head.lower():
            self.without_retry_after += 1


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes) -> tuple[int, bytes, bytes]:
    writer.write(sent)
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
    return int(head[9:12]), head, await reader.readexactly(length)


async def line(port: int, due: Iterator[tuple[float, bytes]], end: float, seen: Outcomes) -> None:
    """Send what is due, one after the other, on one connection kept open."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for at, sent in due:
        now = time.perf_counter()
        if now > end:
            break
        if at > now:
            await asyncio.sleep(at - now)
        began = time.perf_counter()
        status, head, body = await ask(reader, writer, sent)
        seen.note(status, (at or began, began), head, body)
    writer.close()


def schedule(ballots: Iterator[bytes], rate: float, begins: float) -> Iterator[tuple[float, bytes]]:
    """Give each ballot the instant when it is due; at rate 0, as soon as a connection is free."""
    for number, sent in enumerate(ballots):
        yield (begins + number / rate if rate else 0.0), sent


async def generate(port: int, ballots: Iterator[bytes], rate: float, seconds: float, lines: int) -> Outcomes:
    seen, begins = Outcomes(), time.perf_counter() + 0.5
    due = schedule(ballots, rate, begins)
    await asyncio.gather(*(line(port, due, begins + seconds, seen) for _ in range(lines)))
    return seen


def generator(given: list[str]) -> None:
    """Be the generator's process: print what was seen as JSON."""
    port, first, rate, seconds, lines = int(given[0]), int(given[1]), float(given[2]), float(given[3]), int(given[4])
    sessions = Path(given[5])
    names = sessions.read_text().split()
    most = int(max(rate, 4_000) * seconds)
    ballots = (
        request(names[n % len(names)], n // len(names), ("oui", "non")[n % 2], f"{n}")
        for n in range(first, first + most)
    )
    seen = asyncio.run(generate(port, ballots, rate, seconds, lines))
    print(json.dumps({
        "waits": seen.waits, "receipts": seen.receipts, "without_retry_after": seen.without_retry_after,
        "refused": sorted(seen.refused),
        "sent": sum(map(len, seen.waits.values())), "cpu": time.process_time(),
    }))  # fmt: skip


if __name__ == "__main__":
    generator(sys.argv[1:])
