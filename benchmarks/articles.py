"""The page of an article whose text is debated by 100,000 contributions: questions asked and processor time.

Bars: at most 8 questions to the database and 15 ms of processor a request, for the article's page and for its place in
the debate. The peer cannot run here: adhocracy+ asked 105 questions and took 0.86 s for 696 proposals (reference/
participation.md, section 3).
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

COUNT = 100_000
REQUESTS = 60
MOST_QUESTIONS, MOST_MILLISECONDS = 8, 15
SLUG = "ecrire-la-loi"


def prepare() -> list[str]:
    """Publish the bill and the code, open a debate on the bill, fill it; return the addresses to ask."""
    from measuring import DATA
    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions as processes
    from parvis.core.texts import actions as texts
    from parvis.core.texts.kinds import TEXT_KINDS

    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    law = DATA / "workflows" / "law"
    for kind, place in (("bill", law / "bills" / "pjl15-034"), ("code", law / "crpa")):
        for read in TEXT_KINDS.filled()[kind].read(place):
            text = texts.publish_text(read=read, at=at)
            texts.relate(text=text, at=at)
    body = actors.register_organisation(slug="essai", name="Organisme d'essai", at=at)
    bill = texts.Text.objects.get(slug="pjl15-034")
    debate = processes.open_process(
        procedure="cowriting", slug=SLUG, title="Écrire la loi", summary="Mesure.", organisation=body,
        subject=bill.stream, subject_version=bill.newest.slug, starts_at=at, at=at,
    )  # fmt: skip
    fill(debate, [passage.unit.uid for passage in bill.newest.passages.select_related("unit")], at)
    return ["/textes/pjl15-034/articles/3/", f"/debats/{SLUG}/articles/3/", "/textes/crpa/articles/L324-1/"]


def fill(debate, units: list[str], at: datetime) -> None:
    """Write the contributions and their counts as the acts would, without their words: these pages do not sum them."""
    from parvis.core.processes import orders
    from parvis.core.processes.models import Contribution, UnitCount

    rows = [
        Contribution(
            process=debate, number=number, kind="wording", title=f"Rédaction {number}", excerpt="Autrement.",
            unit=units[number % len(units)], unit_version=debate.subject_version, draw=orders.draw(SLUG, number),
            received_at=at + timedelta(seconds=number), changed_at=at + timedelta(seconds=number),
        )
        for number in range(1, COUNT + 1)
    ]  # fmt: skip
    Contribution.objects.bulk_create(rows, batch_size=1000)
    UnitCount.objects.bulk_create(
        UnitCount(process=debate, unit=unit, kind="wording", label=unit, count=COUNT // len(units)) for unit in units
    )
    type(debate).objects.filter(pk=debate.pk).update(received=COUNT)


def measured(address: str) -> tuple[int, float, float]:
    """Return the questions of a request, and its milliseconds of processor: the median and the least."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    questions = len(asked)  # counted now: the next request begins the list again
    if answer.status_code != 200:
        sys.exit(f"« {address} » répond {answer.status_code}.")
    spent = []
    for _ in range(REQUESTS):
        begun = time.process_time()
        client.get(address)
        spent.append(1000 * (time.process_time() - begun))
    return questions, statistics.median(spent), min(spent)


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "PARVIS_HOME": home,
            "DJANGO_SETTINGS_MODULE": "parvis.config.settings",
            "PARVIS_HOSTS": "testserver",
        }
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        (Path(home) / "static").mkdir()
        call_command("migrate", verbosity=0)
        found = {address: measured(address) for address in prepare()}
    for address, (questions, median, least) in found.items():
        kept = questions <= MOST_QUESTIONS and median <= MOST_MILLISECONDS
        spent = f"{median:.1f} ms de processeur (au moins {least:.1f})"
        print(f"{address} : {questions} questions, {spent}, {'tenu' if kept else 'manqué'}")
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"{COUNT} contributions ; barres : {MOST_QUESTIONS} questions, {MOST_MILLISECONDS} ms ; charge {load:.1f}.")


if __name__ == "__main__":
    main()
