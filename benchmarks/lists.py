"""Lists of a debate of 100,000 contributions, whose counters tell 10 million votes: queries and CPU a request.

In SQLite, in one process, without the page cache. Peer: adhocracy+ (liqd/adhocracy-plus, 2026), measured on two cores
like these over the 696 real proposals of the 2015 consultation: 105 queries and 0.86 s a list
(reference/participation.md, section 3). It cannot be installed in this run; its figure is printed beside ours, over
143 times fewer contributions. Contributions are generated: common French words and rare ones, the real articles of
2015, one in six an argument on another.

    python benchmarks/lists.py [contributions]
"""

import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
HOME = tempfile.mkdtemp(prefix="parvis-lists-")
os.environ |= {"PARVIS_HOME": HOME, "DJANGO_SETTINGS_MODULE": "parvis.config.settings"}
os.environ.setdefault("PARVIS_DATA", str(ROOT / "../shared/data"))

import django  # noqa: E402 -- the home is named first

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import F, Sum  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from measuring import verdict  # noqa: E402
from parvis.core import analyzer  # noqa: E402
from parvis.core.actors import actions as actors  # noqa: E402
from parvis.core.processes import actions, orders, subjects  # noqa: E402
from parvis.core.processes.models import Contribution, Edition, Process, UnitCount  # noqa: E402
from parvis.core.texts import actions as texts  # noqa: E402
from parvis.core.texts.kinds import TEXT_KINDS  # noqa: E402

CONTRIBUTIONS, VOTES = 100_000, 10_000_000
QUERIES, CPU = 8, 15  # bars: at most, and milliseconds at most
TURNS, WARM = 60, 10
COMMON = (
    "publier",
    "données",
    "publique",
    "service",
    "citoyens",
    "accès",
    "libre",
    "ouvert",
    "droit",
    "loi",
    "réseau",
)
RARE = [f"mot{rank}" for rank in range(4_000)]
KINDS = ("proposal", "wording", "comment", "opinion", "source", "argument")
PEER = "adhocracy+, 696 proposals: 105 queries, 860.0 ms (measured apart, reference/participation.md, section 3)"
NOW = timezone.now()
INSERT = "INSERT INTO processes_lexeme (process_id, contribution_id, word) VALUES (%s, %s, %s)"


def subject() -> tuple[str, str]:
    """Publish the real draft of 2015 and return its name and version."""
    kind = TEXT_KINDS.filled()["draft"]
    (read,) = kind.read(Path(settings.PARVIS_DATA) / kind.demonstration)
    text = texts.publish_text(read=read, at=NOW)
    return text.stream, text.versions.get().slug


def debate() -> Process:
    name, version = subject()
    body = actors.register_organisation(slug="banc", name="Banc", at=NOW)
    return actions.open_process(
        procedure="cowriting",
        slug="banc",
        title="Banc d'essai",
        summary="Cent mille contributions.",
        subject=name,
        subject_version=version,
        organisation=body,
        starts_at=NOW - timedelta(days=2),
        at=NOW - timedelta(days=3),
        is_fictitious=True,
    )


def words(chance: random.Random) -> list[str]:
    return [*chance.sample(COMMON, 6), *chance.sample(RARE, 3)]


def fill(process: Process, count: int) -> None:
    """Write the contributions, their words and their counters, as an import does."""
    chance, units = random.Random(2016), subjects.opened(process.subject, process.subject_version).outline()
    authors = [
        actors.open_account(email=f"a{n}@parvis.example", public_name=f"Autrice {n}", password="x" * 12, at=NOW)
        for n in range(5)
    ]
    phase, votes = process.phases.get(step="writing"), VOTES // count
    roots: list[Contribution] = []
    with transaction.atomic():
        for start in range(0, count, 2_000):
            made = []
            for number in range(start + 1, min(start + 2_000, count) + 1):
                kind, unit = KINDS[number % 6] if number > 2_000 else "proposal", units[number % len(units)].uid
                parent = chance.choice(roots) if kind == "argument" else None
                made.append(
                    Contribution(
                        process=process,
                        phase=phase,
                        number=number,
                        kind=kind,
                        title=f"Contribution {number}",
                        excerpt=" ".join(words(chance)) * 3,
                        side=chance.choice(("for", "against")) if kind in {"argument", "opinion"} else "",
                        draw=orders.draw(process.slug, number),
                        parent=parent,
                        unit=parent.unit if parent else unit,
                        unit_version=process.subject_version,
                        author=authors[number % 5],
                        received_at=NOW,
                        changed_at=NOW,
                        supports=chance.randrange(votes),
                        votes_for=votes // 2,
                        votes_mixed=votes // 10,
                        votes_against=votes - votes // 2 - votes // 10,
                    )
                )
            Contribution.objects.bulk_create(made)
            roots += [one for one in made if one.parent_id is None]
            Edition.objects.bulk_create(
                Edition(contribution=one, number=1, fields={"title": one.title, "text": one.excerpt}, made_at=NOW)
                for one in made
            )
            found = [
                (process.pk, one.pk, lexeme)
                for one in made
                for lexeme in {found for word in analyzer.words(one.excerpt) for found in analyzer.lexemes(word)}
            ]
            with connection.cursor() as cursor:
                cursor.executemany(INSERT, found)
        count_units(process, {unit.uid: unit.number for unit in units})
        Process.objects.filter(pk=process.pk).update(received=count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def count_units(process: Process, labels: dict[str, str]) -> None:
    found = Contribution.objects.filter(process=process).values("unit", "kind", "side")
    counted: dict[tuple[str, str, str], int] = {}
    for one in found.iterator():
        place = one["unit"], one["kind"], one["side"]
        counted[place] = counted.get(place, 0) + 1
    UnitCount.objects.bulk_create(
        UnitCount(process=process, unit=unit, kind=kind, side=side, label=labels[unit], count=count)
        for (unit, kind, side), count in counted.items()
    )


def measure(name: str, address: str) -> bool:
    """Ask a page many times in this process; print its queries and its median CPU. Return whether both bars hold."""
    client = Client(headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    asked = len(queries)  # now: the next request forgets them
    if answer.status_code != 200:
        sys.exit(f"{address} answers {answer.status_code}")
    times = []
    for turn in range(TURNS + WARM):
        begun = time.process_time()
        client.get(address).close()
        if turn >= WARM:
            times.append(1000 * (time.process_time() - begun))
    cpu = statistics.median(times)
    print(f"{name}: {asked} queries (bar ≤ {QUERIES}), {verdict('CPU', cpu, 'ms', CPU, at_least=False)},"
          f" p95 {sorted(times)[int(0.95 * TURNS)]:.1f} ms, {len(answer.content):,} bytes")  # fmt: skip
    return asked <= QUERIES and cpu <= CPU


def pages(process: Process) -> dict[str, str]:
    base = f"/debats/{process.slug}/contributions/"
    middle = Contribution.objects.filter(process=process, number=process.received // 2).get()
    unit = middle.unit
    return {
        "list, rotating order": base,
        "list, in its middle": f"{base}?apres={middle.draw}.{middle.number}",
        "list, most supported": f"{base}?tri=soutiens",
        "list, most recent of a kind": f"{base}?tri=recent&espece=proposal",
        "list, arguments of a side": f"{base}?espece=argument&cote=for",
        "list, one article": f"{base}?article={unit}",
        "search, a common word": f"{base}?q=publique",
        "search, a rare word": f"{base}?q={RARE[7]}",
        "search, a common and a rare word": f"{base}?q=publique+{RARE[8]}",
        "search, two common words": f"{base}?q=citoyen+ouverte",
        "article page": f"/debats/{process.slug}/articles/{unit}/",
        "debate page": f"/debats/{process.slug}/",
        "contribution page": f"{base}{middle.number}/",
    }


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    begun = time.perf_counter()
    process = debate()
    fill(process, count)
    process.refresh_from_db()
    votes = process.contributions.aggregate(n=Sum(F("votes_for") + F("votes_mixed") + F("votes_against")))["n"]
    size = sum(path.stat().st_size for path in Path(HOME).glob("*.sqlite3*")) / 1e6
    print(f"{count:,} contributions, {votes:,} votes in their counters, {size:,.0f} MB of SQLite,"
          f" made in {time.perf_counter() - begun:.0f} s")  # fmt: skip
    print(f"peer: {PEER}")
    kept = [measure(name, address) for name, address in pages(process).items()]
    print(f"{sum(kept)} of {len(kept)} pages within both bars")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CONTRIBUTIONS)
