"""The demonstration's texts and debates: real files where they are, else fictitious samples, labelled so."""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from parvis.config.showing import step
from parvis.core.actors.models import Organisation
from parvis.core.french import count, number
from parvis.core.processes import actions as processes
from parvis.core.processes.importing import actions as imports
from parvis.core.processes.importing import rows
from parvis.core.processes.importing.archives import ARCHIVES, Archive, Progress, untold
from parvis.core.processes.importing.models import Draft
from parvis.core.processes.models import Process
from parvis.core.texts import actions as texts
from parvis.core.texts.kinds import TEXT_KINDS, TextKind
from parvis.core.texts.models import Text

FIRST = "pjl15-034"
"""The bill that the demonstration follows: loaded before the others, it is read while they are."""

LIVE = "republique-numerique-demonstration"
"""The debate that the demonstration opens."""


def load_texts() -> None:
    """Publish what stands for each kind of text, then find what refers to what; what is there stays as it is."""
    for kind in TEXT_KINDS.filled().values():
        paths = sorted(real_paths(kind), key=lambda path: (path.name != FIRST, path.name))
        for path in paths or [kind.folder / kind.sample]:
            publish_texts(kind, path, is_fictitious=not paths)
    with step("Renvois des projets de loi aux codes en vigueur") as line:
        codes = [text for text in Text.objects.all() if text.is_code]
        line.end = number(sum(texts.relate(text=code, at=timezone.now()) for code in codes))


def real_paths(kind: TextKind) -> Iterator[Path]:
    """Yield the files or folders, one text each, that stand in the data folder."""
    if kind.demonstration:
        yield from settings.PARVIS_DATA.glob(kind.demonstration)


def publish_texts(kind: TextKind, path: Path, *, is_fictitious: bool) -> None:
    title = f"{kind.title}, {path.name}{' (fictif)' if is_fictitious else ''}"
    with step(title) as line:
        made = [
            texts.publish_text(read=read, at=timezone.now(), is_fictitious=is_fictitious) for read in kind.read(path)
        ]
        versions = sum(text.versions.count() for text in made)
        line.end = f"{count(len(made), 'texte,textes')}, {count(versions, 'version,versions')}"


def load_archives() -> None:
    """Receive and publish each declared archive, unless it is there."""
    for archive in ARCHIVES.filled().values():
        with step(archive.title) as line:
            draft = receive_archive(archive)
            if draft.state == Draft.State.WAITING:
                imports.accept(draft=draft, at=timezone.now())
            line.end = f"{number(draft.good)} contributions, {number(draft.bad)} lignes refusées"


def receive_archive(archive: Archive, folder: Path | None = None, progress: Progress = untold) -> Draft:
    """Receive the draft of an archive from a folder; by default the data folder, else its fictitious sample."""
    folder = folder or settings.PARVIS_DATA
    if folder == settings.PARVIS_DATA and not all((folder / file).is_file() for file in archive.files):
        with tempfile.TemporaryDirectory(prefix="parvis-") as made:
            return _receive(archive, archive.sample(Path(made)), progress, is_fictitious=True)
    return _receive(archive, folder, progress, is_fictitious=False)


def _receive(archive: Archive, folder: Path, progress: Progress, *, is_fictitious: bool) -> Draft:
    return imports.receive(
        written=rows.given(archive.read(folder)),
        title=archive.title,
        source_name=", ".join(Path(file).name for file in archive.files),
        archive=archive,
        compared=archive.compare(folder),
        is_fictitious=is_fictitious,
        progress=progress,
        at=timezone.now(),
    )


def open_live_debate(ministry: Organisation) -> Process | None:
    """Open one co-writing on the consulted draft, its phases around now; None where there is no such text."""
    known = Process.objects.filter(slug=LIVE).first()
    text = Text.objects.filter(kind="draft").order_by("pk").first()
    if known or text is None:
        return known
    now = timezone.now()
    return processes.open_process(
        procedure="cowriting",
        slug=LIVE,
        title=f"Démonstration\u00a0: récrire «\u00a0{text}\u00a0» article par article",
        summary=(
            "Ce débat est une démonstration : il porte sur un "
            f"{'texte fictif' if text.is_fictitious else 'vrai texte'}, il est ouvert maintenant, et ce qui "
            "s’y écrit n’engage personne. Proposez une autre rédaction, votez, gardez votre reçu et vérifiez-le."
        ),
        organisation=ministry,
        subject=text.stream,
        subject_version=text.versions.order_by("number").last().slug,
        starts_at=now - timedelta(days=2),
        metadata={
            "territory": "France",
            "subjects": ["numérique", "données publiques"],
            "methods": ["co-écriture en ligne", "vote"],
        },
        is_fictitious=True,
        at=now,
    )
