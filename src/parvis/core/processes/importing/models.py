"""Drafts of imports, and what sources say of contributions that were made elsewhere."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from parvis.core.actors.models import Mandate
from parvis.core.processes.models import Contribution, Process


class DraftQuerySet(models.QuerySet):
    """Reading drafts."""

    def standing(self):
        """Keep those that wait or were accepted: the same rows are not imported twice."""
        return self.exclude(state=Draft.State.REFUSED)

    def bringing(self, contribution):
        """Keep the import that a contribution came by."""
        number = contribution.number
        return self.filter(process=contribution.process_id, first__lte=number, last__gte=number)


class Draft(models.Model):
    """An import: its good rows would enter a debate, its bad ones are listed; nothing is public until accepted."""

    class State(models.TextChoices):
        WAITING = "waiting", "En attente"
        ACCEPTED = "accepted", "Accepté"
        REFUSED = "refused", "Refusé"

    process = models.ForeignKey(
        Process, models.PROTECT, null=True, blank=True, related_name="drafts", verbose_name="débat"
    )
    archive = models.SlugField("archive déclarée", blank=True)
    title = models.CharField("titre", max_length=300)
    source_name = models.CharField("fichier", max_length=300)
    sha256 = models.CharField("empreinte de ses lignes", max_length=64)
    is_fictitious = models.BooleanField("fictif", default=False)
    compared = models.JSONField("ce que ses sources ont en commun", default=dict, blank=True)
    good = models.PositiveIntegerField("bonnes lignes", default=0)
    bad = models.PositiveIntegerField("lignes refusées", default=0)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    received_at = models.DateTimeField("reçu le")
    received_by = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    because = models.TextField("motif", blank=True)
    first = models.PositiveIntegerField("premier numéro donné", null=True, blank=True)
    last = models.PositiveIntegerField("dernier numéro donné", null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        constraints = [
            CheckConstraint(
                name="draft_is_for_a_process_or_an_archive", condition=Q(process__isnull=False) | ~Q(archive="")
            ),
            CheckConstraint(
                name="draft_decided_has_a_date",
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
            ),
            CheckConstraint(
                name="draft_accepted_says_its_numbers",
                condition=Q(state="accepted", first__isnull=False, last__gte=F("first"))
                | (~Q(state="accepted") & Q(first=None, last=None)),
            ),
            CheckConstraint(name="draft_refused_has_a_reason", condition=~Q(state="refused", because="")),
        ]

    def __str__(self):
        return self.title

    @property
    def stream(self) -> str:
        """The stream where its acts are sealed: that of the debate that it feeds, or will make."""
        return f"debats/{self.process.slug if self.process else self.archive}"

    @property
    def key(self) -> str:
        return f"import-{self.pk}"


class DraftRow(models.Model):
    """A row of a draft: as its file had it, and why it may not enter, if it may not."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField("rang dans le fichier")
    text = models.TextField("telle qu'écrite")
    reasons = models.JSONField("raisons du refus", default=list, blank=True)
    is_good = models.BooleanField("peut entrer")

    class Meta:
        verbose_name = "ligne d'un import"
        constraints = [UniqueConstraint(name="draft_row_has_its_rank", fields=["draft", "position"])]

    def __str__(self):
        return f"{self.draft}, ligne {self.position}"


class SourceNotice(models.Model):
    """What one source says of an imported contribution: its figures stay its own, and are never added to another's."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="notices")
    source = models.CharField("source", max_length=300)
    reference = models.CharField("identifiant dans la source", max_length=120, blank=True)
    said = models.JSONField("ce qu'elle en dit", default=dict)

    class Meta:
        verbose_name = "notice d'une source"
        constraints = [UniqueConstraint(name="notice_is_once_a_source", fields=["contribution", "source"])]

    def __str__(self):
        return f"{self.contribution}, {self.source}"
