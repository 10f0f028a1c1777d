"""The demonstration's data: each register's real files where they are, else its fictitious sample, labelled so."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from parvis.config.showing import describe, step
from parvis.core.registers import actions as registers
from parvis.core.registers.models import Release
from parvis.core.registers.register import Register, Source
from parvis.core.registers.shelf import REGISTERS
from parvis.core.undertakings.measures import actions as measures
from parvis.core.undertakings.models import Measure

FICTITIOUS = "fictif"
"""The source of a sample's release."""


def load_registers() -> None:
    """Publish what stands for each register; what is already published stays as it is."""
    for register in REGISTERS.filled().values():
        found = list(real_files(register))
        for source, path in found:
            with step(f"{register.title}, {source.title}") as line:
                line.end = describe(publish(register, source.slug, path))
        if not found and register.sample:
            load_sample(register)


def real_files(register: Register) -> Iterator[tuple[Source, Path]]:
    """Yield the sources whose file stands in the data folder."""
    for source in register.sources:
        path = settings.PARVIS_DATA / source.demonstration
        if source.demonstration and path.is_file():
            yield source, path


def load_sample(register: Register) -> None:
    """Publish the fictitious sample; its pages say that it is one."""
    title = f"{register.title}, échantillon fictif (aucun fichier réel dans {settings.PARVIS_DATA})"
    with step(title) as line, tempfile.TemporaryDirectory(prefix="parvis-") as folder:
        path = register.sample(Path(folder))
        line.end = describe(publish(register, FICTITIOUS, path, fictitious=True))


def publish(register: Register, source: str, path: Path, *, fictitious: bool = False) -> Release:
    return registers.publish(register=register, source=source, path=path, at=timezone.now(), fictitious=fictitious)


def measure() -> str:
    """Read the site's evidence, then freeze the measures, unless those there are were made of it; say how many."""
    measures.refresh_evidence(at=timezone.now())
    if not is_measured():
        measures.measure(at=timezone.now())
    return f"{Measure.objects.count()} nombres figés"


def is_measured() -> bool:
    loaded = Release.objects.aggregate(last=Max("loaded_at"))["last"]
    measured = Measure.objects.aggregate(last=Max("measured_at"))["last"]
    return measured is not None and (loaded is None or loaded < measured)
