"""The log as tables: acts that wait for their place, acts that have one, and where the log stands."""

import json
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q


class EntryQuerySet(models.QuerySet):
    """Reading the log."""

    def about(self, *, stream, key):
        """Return the entries of one public object, oldest first."""
        return self.about_any(stream=stream, keys=[key])

    def about_any(self, *, stream, keys):
        """Return the entries of several public objects of a stream, oldest first."""
        return self.filter(stream=stream, key__in=keys).order_by("pk")

    def waiting(self):
        """Return what is sealed by an act, not yet given a place in the tree."""
        return self.filter(position=None)

    def placed(self, *, start=0, end):
        """Return the entries of positions start..end (end excluded), in the order of the tree."""
        return self.filter(position__gte=start, position__lt=end).order_by("position")


class Entry(models.Model):
    """One public act, sealed in the transaction that did it (outbox), then given its place for ever.

    The leaf is public and is never destroyed. `opening` is what its commitment hides: the public content, and the
    commitment to what stays hidden. Erasing destroys opening, hidden and both salts.
    """

    kind = models.CharField("genre d'acte", max_length=80)
    stream = models.CharField("fil", max_length=300)
    key = models.CharField("objet", max_length=300, blank=True)
    leaf = models.BinaryField("feuille")
    opening = models.TextField("contenu engagé", null=True)  # noqa: DJ001 -- absent once erased, never empty
    salt = models.BinaryField("sel", null=True)
    hidden = models.TextField("contenu réservé", null=True)  # noqa: DJ001 -- the same
    hidden_salt = models.BinaryField("sel du contenu réservé", null=True)
    turn = models.BigIntegerField("tour", default=0)
    """Order within one round: 0 for open acts (order of arrival), drawn at random for acts with hidden content, so
    that the order of the log does not tell who voted when."""
    position = models.BigIntegerField("position", null=True, unique=True)
    erased_by = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="erases", verbose_name="effacée par"
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "entrées du journal"
        indexes: ClassVar = [
            models.Index(name="entry_about", fields=["stream", "key"]),
            models.Index(name="entry_waiting", fields=["turn", "id"], condition=Q(position=None)),
        ]
        constraints: ClassVar = [
            CheckConstraint(name="entry_position_counts_from_zero", condition=Q(position=None) | Q(position__gte=0)),
            CheckConstraint(
                name="erased_entry_keeps_nothing",
                condition=Q(erased_by=None, opening__isnull=False, salt__isnull=False)
                | Q(erased_by__isnull=False, opening=None, salt=None, hidden=None, hidden_salt=None),
            ),
            CheckConstraint(
                name="hidden_content_has_its_salt",
                condition=Q(hidden=None, hidden_salt=None) | Q(hidden__isnull=False, hidden_salt__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.stream} {self.key} [{self.pk}]"

    @property
    def is_erased(self):
        return self.erased_by_id is not None

    @property
    def content(self):
        """The public content; None once erased."""
        return None if self.opening is None else json.loads(self.opening)["content"]

    @property
    def hour(self):
        """The hour of the act, as the leaf says it (UTC)."""
        return json.loads(bytes(self.leaf))["d"]

    @property
    def commitment(self):
        """The commitment, as the leaf says it."""
        return json.loads(bytes(self.leaf))["c"]


class LogState(models.Model):
    """Where the log stands: one row. Positions are given first, then tiles are written, then a head is published."""

    size = models.BigIntegerField("positions données", default=0)
    published_size = models.BigIntegerField("taille publiée", default=0)
    root = models.BinaryField("racine publiée", null=True)
    checkpoint = models.TextField("tête signée", blank=True)
    issued_at = models.DateTimeField("publiée le", null=True)

    class Meta:
        verbose_name = "état du journal"
        constraints: ClassVar = [
            CheckConstraint(name="log_state_is_one_row", condition=Q(pk=1)),
            CheckConstraint(name="published_entries_have_a_place", condition=Q(published_size__lte=F("size"))),
            CheckConstraint(
                name="published_head_is_whole",
                condition=Q(root=None, checkpoint="", issued_at=None, published_size=0)
                | Q(root__isnull=False, issued_at__isnull=False) & ~Q(checkpoint=""),
            ),
        ]

    def __str__(self):
        return f"{self.published_size} entrées publiées sur {self.size}"
