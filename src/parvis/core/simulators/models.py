"""Calculations that people wished to publish: what was asked, of which rules, and what came out."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

STREAM = "calculs"


class RunQuerySet(models.QuerySet):
    """Reading published calculations."""

    def published(self):
        """Keep those whose content is there, newest first."""
        return self.filter(erased_at=None).order_by("-pk")


class Run(models.Model):
    """A published calculation: anyone replays it. Its number is public and stays; the rest may be erased.

    The identity is a hash of what was asked: a short situation could be guessed from it, by trying them all. So it
    goes with the rest when the calculation is erased, and no leaf of the log bears it.
    """

    identity = models.CharField("identité", max_length=64, unique=True, null=True)  # noqa: DJ001 -- absent once erased
    engine = models.SlugField("moteur")
    version = models.CharField("version des règles", max_length=120)
    digest = models.CharField("empreinte des règles", max_length=64)
    title = models.CharField("titre", max_length=200, blank=True)
    calculator = models.SlugField("calculateur", max_length=120, blank=True)
    period = models.CharField("période", max_length=40, blank=True)
    asked = models.JSONField("ce qui est demandé", null=True)
    changes = models.JSONField("changements", default=list)
    labels = models.JSONField("noms des cas", default=list)
    results = models.JSONField("résultats", null=True)
    results_hash = models.CharField("empreinte des résultats", max_length=64, blank=True)
    baseline = models.JSONField("résultats sans les changements", null=True)
    summary = models.JSONField("effet sur une population", null=True)
    is_personal = models.BooleanField("décrit une personne", default=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="auteur")
    published_at = models.DateTimeField("publié le")
    erased_at = models.DateTimeField("effacé le", null=True)
    erased_because = models.CharField("effacé parce que", max_length=300, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "calcul publié"
        constraints: ClassVar = [
            CheckConstraint(
                name="erased_run_keeps_nothing",
                condition=Q(erased_at=None, identity__isnull=False, asked__isnull=False, results__isnull=False)
                | Q(erased_at__isnull=False, identity=None, title="")
                & Q(asked__isnull=True, results__isnull=True, baseline__isnull=True, summary__isnull=True)
                & ~Q(erased_because=""),
            ),
        ]

    def __str__(self):
        return self.title or f"Calcul n° {self.number}"

    @property
    def number(self):
        """The public number of this calculation."""
        return self.pk

    @property
    def key(self):
        """The name of this calculation in the log: it says nothing of what was asked."""
        return f"calcul-{self.number}"

    @property
    def is_erased(self):
        return self.erased_at is not None

    def file(self):
        """Return the run file: all that a replay needs, and what it must find."""
        return {
            "format": "parvis-run/1",
            "asked": self.asked,
            "identity": self.identity,
            "rules": {"version": self.version, "digest": self.digest},
            "results": self.results,
        }
