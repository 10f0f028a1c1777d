"""A plan as people live it: its commitments, milestones and leads; what is measured, claimed and judged of them."""

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from parvis.core.actors.models import Actor, DatedQuerySet, Mandate, Organisation
from parvis.core.errors import ParvisError
from parvis.core.undertakings.declared import COMPLETION, OPENED
from parvis.core.undertakings.indicators import Progress, progress
from parvis.core.undertakings.measuring import Reading


class FrozenRow(ParvisError):
    """A row that is frozen once written would be changed or deleted."""


class FrozenQuerySet(models.QuerySet):
    """Rows that are written once."""

    def update(self, **_):
        raise FrozenRow("Ce qui est figé ne se modifie pas : faites une nouvelle mesure, ou une nouvelle revue.")

    def delete(self):
        raise FrozenRow("Ce qui est figé ne se supprime pas : c'est la trace de ce qui a été dit ce jour-là.")


class Frozen(models.Model):
    """A row that is written once, and then only read: a trigger of the database refuses any change."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def delete(self, **_):
        raise FrozenRow(f"« {self} » est figé : il ne se supprime pas.")


class Plan(models.Model):
    """A plan under way. What its official text says is declared; here is what this server does with it."""

    slug = models.SlugField("identifiant", unique=True)
    title = models.CharField("titre", max_length=300)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin (exclue)")
    loaded_at = models.DateTimeField("chargé le")

    class Meta:
        verbose_name = "plan"
        constraints = [CheckConstraint(name="plan_starts_before_it_ends", condition=Q(starts_on__lt=F("ends_on")))]

    def __str__(self):
        return self.title

    @property
    def stream(self) -> str:
        """The name of the plan's stream in the public log."""
        return f"plan/{self.slug}"


class Undertaking(models.Model):
    """A commitment, or a part of one: what a government said it would do."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="undertakings")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="partie de"
    )
    number = models.PositiveSmallIntegerField("numéro")
    code = models.CharField("code", max_length=10, help_text="2 pour un engagement, 1.1 pour une partie.")
    slug = models.CharField("adresse dans le texte officiel", max_length=200)
    axis = models.SlugField("axe", max_length=100)
    subaxis = models.SlugField("sous-axe", max_length=100, blank=True)
    title = models.CharField("titre", max_length=300)
    ambition = models.TextField("ambition, dans nos mots", blank=True)

    class Meta:
        verbose_name = "engagement"
        constraints = [
            UniqueConstraint(name="undertaking_code_is_unique_in_a_plan", fields=["plan", "code"]),
            CheckConstraint(name="undertaking_is_not_its_own_part", condition=~Q(parent=F("id"))),
        ]

    def __str__(self):
        return f"{self.code}. {self.title}"

    @property
    def key(self) -> str:
        """E02, or E01.1 for a part: how the log and exports name it."""
        return f"E{self.number:02}{self.code.removeprefix(str(self.number))}"

    @staticmethod
    def code_of(key: str) -> str:
        """Return the code that a key names: 2 for E02, 1.1 for E01.1."""
        return key.removeprefix("E").lstrip("0")

    @property
    def stream(self) -> str:
        return self.plan.stream


class LeadQuerySet(DatedQuerySet):
    """Reading leads."""

    def leading(self, undertaking: Undertaking, *, on: date):
        """Keep those who answer for a commitment on a day: its own leads, or those of the whole it is a part of."""
        whole = Q(undertaking=undertaking) | Q(undertaking__parts=undertaking)
        return self.valid(on=on).filter(whole)


class Lead(models.Model):
    """An organisation that answers for a commitment, between two days (the second excluded)."""

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="leads", verbose_name="engagement")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="leads", verbose_name="organisation")
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = "porteur"
        constraints = [
            CheckConstraint(name="lead_starts_before_it_ends", condition=Q(starts_on__lt=F("ends_on"))),
            UniqueConstraint(
                name="lead_answers_once_at_a_time", fields=["undertaking", "organisation"], condition=Q(ends_on=None)
            ),
        ]

    def __str__(self):
        return f"{self.organisation} porte {self.undertaking.code}"


class MilestoneQuerySet(models.QuerySet):
    """Reading milestones."""

    def late(self, *, on: date):
        """Keep those neither done nor abandoned whose date has passed. Without a date, none is late: it is undated."""
        return self.filter(due_before__lte=on, state__in=[Milestone.State.PLANNED, Milestone.State.IN_PROGRESS])

    def undated(self):
        return self.filter(due_before=None)


class Milestone(models.Model):
    """A step that the text promises. Late is computed, never stored; abandoned says why and since when."""

    class State(models.TextChoices):
        PLANNED = "planned", "Prévu"
        IN_PROGRESS = "in_progress", "En cours"
        DONE = "done", "Réalisé"
        ABANDONED = "abandoned", "Abandonné"

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="milestones", verbose_name="engagement")
    key = models.CharField("clé", max_length=20, unique=True)
    position = models.PositiveSmallIntegerField("rang")
    text = models.TextField("texte")
    due = models.CharField("échéance", max_length=10, blank=True, help_text="AAAA, AAAA-MM ou AAAA-MM-JJ.")
    due_text = models.CharField("échéance, telle qu'écrite", max_length=200, blank=True)
    due_before = models.DateField("en retard à partir du", null=True, blank=True, editable=False)
    target = models.DecimalField("nombre à atteindre", max_digits=18, decimal_places=2, null=True, blank=True)
    target_unit = models.CharField("unité", max_length=100, blank=True)
    state = models.CharField("état déclaré", max_length=20, choices=State, default=State.PLANNED)
    done_on = models.DateField("réalisé le", null=True, blank=True)
    abandoned_on = models.CharField("abandonné en", max_length=10, blank=True, help_text="Aussi précis que connu.")
    abandoned_because = models.TextField("motif de l'abandon", blank=True)
    abandoned_by = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="abandonné sous le mandat"
    )  # none where the plan's own text says so

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "jalon"
        constraints = [
            CheckConstraint(
                name="milestone_abandoned_says_why_and_when",
                condition=(Q(state="abandoned") & ~Q(abandoned_on="") & ~Q(abandoned_because=""))
                | (~Q(state="abandoned") & Q(abandoned_on="", abandoned_because="")),
            ),
            CheckConstraint(
                name="milestone_taken_up_again_forgets_who_gave_it_up",
                condition=Q(state="abandoned") | Q(abandoned_by=None),
            ),
            CheckConstraint(
                name="milestone_done_says_when",
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on=None)),
            ),
            CheckConstraint(
                name="milestone_late_day_needs_a_date",
                condition=Q(due="", due_before=None) | (~Q(due="") & Q(due_before__isnull=False)),
            ),
            CheckConstraint(
                name="milestone_target_has_a_unit",
                condition=Q(target=None, target_unit="") | (Q(target__isnull=False) & ~Q(target_unit="")),
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.text}"

    @property
    def stream(self) -> str:
        return self.undertaking.stream

    def is_late(self, *, on: date) -> bool:
        is_open = self.state in {self.State.PLANNED, self.State.IN_PROGRESS}
        return is_open and self.due_before is not None and self.due_before <= on


class Correction(Frozen):
    """A change made by hand to the plan: what it was, what it is, and why."""

    key = models.CharField("objet", max_length=20)
    field = models.CharField("champ", max_length=50)
    before = models.TextField("avant", blank=True)
    after = models.TextField("après", blank=True)
    because = models.TextField("motif")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+", verbose_name="mandat")
    made_at = models.DateTimeField("fait le")

    class Meta:
        verbose_name = "correction"
        constraints = [CheckConstraint(name="correction_has_a_reason", condition=~Q(because=""))]

    def __str__(self):
        return f"{self.key}, {self.field}"


class Measure(Frozen):
    """The value of an indicator at one instant, with all that is needed to find it again."""

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="measures")
    indicator = models.SlugField("indicateur", max_length=100)
    definition = models.JSONField("définition de l'indicateur ce jour-là")
    value = models.FloatField("valeur", null=True)
    because = models.TextField("raison, quand la valeur est inconnue", blank=True)
    units = models.PositiveBigIntegerField("unités comptées")
    sql = models.TextField("SQL du nombre")
    rows_sql = models.TextField("SQL des lignes")
    result_hash = models.CharField("empreinte du résultat", max_length=64)
    releases = models.JSONField("versions lues, par registre")
    log_size = models.PositiveBigIntegerField("taille du journal")
    log_root = models.CharField("racine du journal", max_length=44, blank=True)
    measured_at = models.DateTimeField("mesuré le", db_index=True)

    class Meta:
        verbose_name = "mesure"
        constraints = [
            CheckConstraint(
                name="measure_unknown_says_why",
                condition=(Q(value=None) & ~Q(because="")) | Q(value__isnull=False, because=""),
            ),
            UniqueConstraint(name="measure_once_an_instant", fields=["indicator", "measured_at"]),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.measured_at:%Y-%m-%d}"

    @property
    def key(self) -> str:
        """How the log and addresses name this number."""
        return f"nombre-{self.pk}"

    @property
    def reading(self) -> Reading:
        return Reading(self.value, self.because, self.units, self.result_hash)

    @property
    def function(self) -> dict | None:
        """The function that counted, as it was that day: its name, columns and source; None where SQL counted."""
        return self.definition.get("function")

    @property
    def progress(self) -> Progress:
        """How far the value stood, by the start and target of that day."""
        said = self.definition
        return progress(start=said["start"], target=said["target"], current=self.value)


class Review(Frozen):
    """A report on the whole plan at one instant: its measures, states, claims and verdicts, frozen together."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    slug = models.SlugField("identifiant", unique=True)
    title = models.CharField("titre", max_length=200)
    opened_at = models.DateTimeField("ouverte le")
    measures = models.ManyToManyField(Measure, related_name="reviews", verbose_name="mesures figées")
    report = models.JSONField("rapport figé")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+", verbose_name="mandat")

    class Meta:
        verbose_name = "revue"

    def __str__(self):
        return self.title


CLAIMED_STATES = [choice for choice in Milestone.State.choices if choice[0] != Milestone.State.ABANDONED]
"""What a lead may say of a milestone; giving it up is another act, with a reason."""


class Claim(models.Model):
    """What a lead says of its own commitment. Withdrawn, it stays with its reason."""

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="claims")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="claims")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    completion = models.CharField("niveau de réalisation", max_length=20, choices=list(COMPLETION.items()), blank=True)
    state = models.CharField("état du jalon", max_length=20, choices=CLAIMED_STATES, blank=True)
    done_on = models.DateField("réalisé le", null=True, blank=True)
    text = models.TextField("ce qui a été fait")
    evidence = models.URLField("adresse d'une preuve", max_length=500, blank=True)
    made_at = models.DateTimeField("déclaré le")
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawn_because = models.TextField("motif du retrait", blank=True)
    withdrawn_by = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="retiré sous le mandat"
    )

    class Meta:
        verbose_name = "déclaration"
        constraints = [
            CheckConstraint(
                name="claim_withdrawn_says_why_and_when",
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
            CheckConstraint(
                name="claim_speaks_of_a_milestone_or_of_the_whole",
                condition=(Q(milestone=None, state="") & ~Q(completion=""))
                | (Q(milestone__isnull=False, completion="") & ~Q(state="")),
            ),
        ]

    def __str__(self):
        return f"Déclaration {self.pk} sur {self.undertaking.code}"


class VerdictQuerySet(FrozenQuerySet):
    """Reading verdicts, blind until both are in."""

    def visible_to(self, actor: Actor | None):
        """Keep the verdicts of complete pairs, and one's own: the second reader must not see the first one's."""
        pairs = self.model.objects.filter(reader=2).values("undertaking", "stage")
        complete = Q(pk__in=[]) | models.Exists(
            pairs.filter(undertaking=models.OuterRef("undertaking"), stage=models.OuterRef("stage"))
        )
        mine = Q(mandate__actor=actor.pk) if actor is not None and actor.is_authenticated else Q(pk__in=[])
        return self.filter(complete | mine)


class Verdict(Frozen):
    """What an independent reader found. Two readers judge each commitment at each stage, blind to one another."""

    class Stage(models.TextChoices):
        MIDTERM = "midterm", "Mi-parcours"
        END = "end", "Fin de plan"

    QUESTIONS = ("completion", "did_it_open_government", "is_verifiable", "is_relevant")

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="verdicts")
    stage = models.CharField("moment", max_length=20, choices=Stage)
    reader = models.PositiveSmallIntegerField("lecture", help_text="1 ou 2, dans l'ordre d'arrivée.")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    completion = models.CharField("niveau de réalisation", max_length=20, choices=list(COMPLETION.items()))
    did_it_open_government = models.CharField(
        "a-t-il ouvert le gouvernement ?", max_length=20, choices=list(OPENED.items())
    )
    is_verifiable = models.BooleanField("vérifiable tel qu'il est écrit")
    is_relevant = models.BooleanField("pertinent pour une valeur du PGO")
    opened_values = models.JSONField("valeurs du PGO effectivement servies", default=list, blank=True)
    reasons = models.TextField("motifs")
    given_at = models.DateTimeField("rendu le")

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = "verdict"
        constraints = [
            UniqueConstraint(name="verdict_readers_are_two", fields=["undertaking", "stage", "reader"]),
            CheckConstraint(name="verdict_reader_is_first_or_second", condition=Q(reader__in=[1, 2])),
            CheckConstraint(name="verdict_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self):
        return f"Lecture {self.reader} de {self.undertaking.code}, {self.get_stage_display()}"
