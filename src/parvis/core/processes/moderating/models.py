"""Moderation as tables: what was reported, what was decided and why, what was asked to be looked at again."""

from django.db import models
from django.db.models import CheckConstraint, Exists, Index, OuterRef, Q, UniqueConstraint

from parvis.core.actors.models import Actor, Mandate
from parvis.core.processes.models import Contribution
from parvis.core.processes.moderating.charter import GROUNDS, RULES, rule_named

RULE_CHOICES = [(rule.slug, rule.title) for rule in RULES]


class DecisionQuerySet(models.QuerySet):
    """Decisions."""

    def in_force(self) -> "DecisionQuerySet":
        """Return those that no later decision on the same contribution has replaced."""
        later = Decision.objects.filter(contribution=OuterRef("contribution"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class Decision(models.Model):
    """A decision on a contribution, with the statement of reasons of article 17 of regulation (EU) 2022/2065."""

    class Outcome(models.TextChoices):
        HIDDEN = "hidden", "Masquée"
        KEPT = "kept", "Laissée publique"
        RESTORED = "restored", "Rendue publique"

    number = models.PositiveIntegerField("numéro", unique=True, help_text="De 1 en 1 : son nom public.")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="decisions")
    outcome = models.CharField("décision", max_length=10, choices=Outcome)
    rule = models.SlugField("règle", choices=RULE_CHOICES)
    charter = models.CharField("version de la charte", max_length=20)
    facts = models.TextField("faits")
    is_automated = models.BooleanField("prise par un automate", default=False)
    is_detected_by_machine = models.BooleanField("repérée par un automate", default=False)
    ends_on = models.DateField("jusqu'au (exclu)", null=True, blank=True, help_text="Vide : sans limite.")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("décidé le")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision de modération"
        constraints = [
            CheckConstraint(name="decision_says_facts", condition=~Q(facts="")),
            CheckConstraint(name="decision_names_its_rule", condition=~Q(rule="") & ~Q(charter="")),
            CheckConstraint(name="decision_only_hiding_ends", condition=Q(ends_on=None) | Q(outcome="hidden")),
        ]
        indexes = [Index(name="decision_by_date", fields=["-decided_at"])]

    def __str__(self):
        return f"décision n° {self.number}"

    @property
    def ground(self) -> str:
        """Say the ground in French: « contraire à la loi »; what is left public is not found to be."""
        if self.outcome == Decision.Outcome.HIDDEN:
            return GROUNDS[rule_named(self.rule).ground]
        return "règle non enfreinte" if self.outcome == Decision.Outcome.KEPT else "règle qui l’avait fait masquer"


class Report(models.Model):
    """A signed-in person says that a contribution breaks the charter: once, and a decision is owed."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="reports")
    rule = models.SlugField("règle", choices=RULE_CHOICES)
    text = models.TextField("ce qui est signalé", blank=True)
    reporter = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("signalé le")
    due_at = models.DateTimeField("décision due le")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="reports")

    class Meta:
        verbose_name = "signalement"
        constraints = [
            UniqueConstraint(
                name="report_is_made_once",
                fields=["contribution", "reporter"],
                condition=Q(reporter__isnull=False),
            )
        ]
        indexes = [Index(name="report_waiting", fields=["due_at"], condition=Q(decision=None))]

    def __str__(self):
        return f"signalement de {self.contribution}"

    @property
    def key(self) -> str:
        """How the log names it inside its process's stream."""
        return f"signalement-{self.pk}"


class Appeal(models.Model):
    """The author asks someone else to look again at a decision."""

    class Outcome(models.TextChoices):
        OPEN = "", "En attente"
        UPHELD = "upheld", "Décision confirmée"
        REVERSED = "reversed", "Décision annulée"

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="appeal")
    author = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    because = models.TextField("motif", blank=True)
    made_at = models.DateTimeField("demandé le")
    due_at = models.DateTimeField("décision due le")
    outcome = models.CharField("issue", max_length=10, choices=Outcome, default=Outcome.OPEN, blank=True)
    reasons = models.TextField("motifs de la décision", blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)

    class Meta:
        verbose_name = "recours"
        constraints = [
            CheckConstraint(
                name="appeal_is_open_or_decided_with_reasons",
                condition=Q(outcome="", decided_at=None, reasons="")
                | (~Q(outcome="") & Q(decided_at__isnull=False) & ~Q(reasons="")),
            ),
        ]

    def __str__(self):
        return f"recours contre la {self.decision}"
