"""What people and time make of registers: releases, and replies to flags."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Exists, OuterRef, Q

from parvis.core.actors.models import Mandate
from parvis.core.errors import ParvisError
from parvis.core.registers.asking import Folders
from parvis.core.registers.catalogue import catalogue_path
from parvis.core.registers.listing import Browsed, opened
from parvis.core.registers.pages.leads import Reply
from parvis.core.registers.pages.releases import ReleaseLine
from parvis.core.registers.register import Register
from parvis.core.registers.shelf import REGISTERS
from parvis.core.registers.storage import Shelter


class NothingServed(ParvisError):
    """A register has no list, or no release yet."""


def shelter(register: str) -> Shelter:
    """Return where the releases of a register are kept."""
    return Shelter(Path(settings.PARVIS_HOME) / "registers" / register)


def browsed(register: Register, current: Iterable["Release"] | None = None) -> Browsed:
    """Return how a register is browsed, and its catalogue: that of the current releases, or the last one built."""
    if register.browse is None:
        raise NothingServed(f"« {register.title} » n’a pas de liste : ses tables se téléchargent par version.")
    folder = shelter(register.slug).folder
    releases = Release.objects.current(register.slug) if current is None else current
    path = catalogue_path(folder, register, [release.hash for release in releases])
    if not path.exists():
        built = sorted(folder.glob("catalogue-*.duckdb"), key=lambda older: older.stat().st_mtime)
        if not built:
            raise NothingServed(f"Aucune version de « {register.title} » n’est encore publiée : revenez plus tard.")
        path = built[-1]
    return Browsed(register, register.browse, opened(path, register.browse))


def current_folders() -> Folders:
    """Return the folders of the current releases of every register: what questions see, and may cross."""
    folders: dict[str, list[Path]] = {slug: [] for slug in sorted(REGISTERS.filled())}
    for known in Release.objects.current().filter(register__in=folders):
        folders[known.register].append(known.folder)
    return tuple((slug, tuple(paths)) for slug, paths in folders.items())


class ReleaseQuerySet(models.QuerySet):
    """Reading releases. A later release of the same source, if not withdrawn, takes the place of the earlier one."""

    def of(self, register: str):
        return self.filter(register=register)

    def standing(self):
        return self.filter(withdrawn_at=None)

    def lines(self) -> tuple[ReleaseLine, ...]:
        """Return what pages say of these releases, the last first."""
        current = set(Release.objects.current().values_list("hash", flat=True))
        return tuple(known.line(is_current=known.hash in current) for known in self.order_by("-loaded_at", "-pk"))

    def defect_counts(self) -> dict[str, int]:
        """Add up the defects of these releases, by rule."""
        counts: Counter[str] = Counter()
        for defects in self.values_list("defects", flat=True):
            counts.update(defects)
        return dict(counts)

    def current(self, register: str | None = None):
        later = Release.objects.standing().filter(register=OuterRef("register"), source=OuterRef("source"))
        after = later.filter(
            Q(loaded_at__gt=OuterRef("loaded_at")) | Q(loaded_at=OuterRef("loaded_at"), pk__gt=OuterRef("pk"))
        )
        found = self.standing().filter(~Exists(after)).order_by("loaded_at", "pk")
        return found if register is None else found.of(register)


class Release(models.Model):
    """One file of one source, as it was read one day: never edited, only succeeded or withdrawn with a reason."""

    register = models.SlugField("registre", max_length=60)
    source = models.CharField(
        "source", max_length=150, help_text="Le producteur et son flux : une version y remplace l'autre."
    )
    hash = models.CharField("empreinte", max_length=64, unique=True, help_text="SHA-256 de son manifeste.")
    # Provenance
    source_name = models.CharField("fichier", max_length=300)
    source_hash = models.CharField("empreinte du fichier", max_length=64)
    source_size = models.BigIntegerField("taille du fichier, en octets")
    reader = models.CharField("lecteur", max_length=60, help_text="Version du lecteur et de ses règles.")
    loaded_at = models.DateTimeField("lu le")
    fictitious = models.BooleanField("fictive", default=False)
    # What was found
    rows = models.JSONField("lignes par table", default=dict)
    defects = models.JSONField("défauts par règle", default=dict)
    # Withdrawal
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_because = models.TextField("raison du retrait", blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "version d'un registre"
        verbose_name_plural = "versions des registres"
        constraints = [
            CheckConstraint(
                name="release_withdrawal_has_a_date_and_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            )
        ]

    def __str__(self):
        return f"{self.register} {self.source} {self.hash[:12]}"

    @property
    def folder(self) -> Path:
        return shelter(self.register).release(self.hash)

    @property
    def stream(self) -> str:
        """The name of the register's stream in the public log."""
        return f"registers/{self.register}"

    def line(self, *, is_current: bool) -> ReleaseLine:
        """Return what pages say of this release."""
        return ReleaseLine(
            hash=self.hash,
            source=self.source,
            source_name=self.source_name,
            source_size=self.source_size,
            source_hash=self.source_hash,
            reader=self.reader,
            loaded_at=self.loaded_at,
            fictitious=self.fictitious,
            rows=self.rows,
            defects=sum(self.defects.values()),
            state="withdrawn" if self.is_withdrawn else "current" if is_current else "superseded",
            withdrawn_because=self.withdrawn_because,
        )

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class FlagReplyQuerySet(models.QuerySet):
    """Reading replies, the first received first."""

    def to(self, register: str, code: str):
        found = self.filter(register=register, code=code).select_related("mandate__organisation")
        return found.order_by("replied_at", "pk")

    def by(self, reader, *, on):
        """Keep those of the bodies for which someone speaks on a day."""
        if not reader.is_authenticated:
            return self.none()
        bodies = Mandate.objects.filter(actor=reader).valid(on=on).values("organisation")
        return self.filter(mandate__organisation__in=bodies)

    def keyed(self, register: str, key: str):
        """Return the reply that bears this name in the log, or None."""
        code, _, number = key.rpartition("/")
        return self.filter(register=register, code=code, pk=number).first() if number.isdecimal() else None


class FlagReply(models.Model):
    """What a body answers to a lead that names it: shown with the lead, whatever becomes of the flag."""

    register = models.SlugField("registre", max_length=60)
    code = models.CharField("signal", max_length=20)
    subject = models.TextField("objet", help_text="La clé de la piste : un contrat, un organisme, ou les deux.")
    label = models.TextField("nom de l'objet", help_text="Comme la piste le nommait ce jour-là.")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name="mandat")
    text = models.TextField("réponse")
    replied_at = models.DateTimeField("reçue le")
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_because = models.TextField("motif du retrait", blank=True)

    objects = FlagReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse à un signal"
        verbose_name_plural = "réponses aux signaux"
        constraints = [
            CheckConstraint(name="a_reply_to_a_flag_says_something", condition=~Q(text="")),
            CheckConstraint(
                name="reply_withdrawn_says_why_and_when",
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.code}, {self.label}"

    @property
    def organisation(self) -> str:
        return self.mandate.organisation.name

    def shown(self) -> Reply:
        """Return what pages say of this reply."""
        return Reply(
            label=self.label,
            subject=self.subject,
            organisation=self.organisation,
            text=self.text,
            replied_at=self.replied_at,
            key=self.key,
            withdrawn_at=self.withdrawn_at,
            withdrawn_because=self.withdrawn_because,
        )

    @property
    def stream(self) -> str:
        """The name of its register's stream in the public log."""
        return f"registers/{self.register}"

    @property
    def key(self) -> str:
        """The reply's name in its register's stream of the public log."""
        return f"{self.code}/{self.pk}"
