"""Answers as tables: what a body answered, to which contributions; contests; who follows what; what is to be told."""

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from parvis.core.actors.models import Actor, Mandate, Organisation
from parvis.core.processes.models import Contribution, Phase, Process

FATES = [choice for choice in Contribution.Fate.choices if choice[0]]


class Answer(models.Model):
    """What a body answers to one or several contributions, as it stands; its former versions are kept.

    `words` says which words of the text it changes: a list of {"contribution": its number, "unit", "words"}.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField("numéro", help_text="De 1 en 1 dans le débat : son nom public.")
    fate = models.CharField("sort", max_length=10, choices=FATES)
    reasons = models.TextField("motifs")
    words = models.JSONField("mots adoptés", default=list, blank=True)
    evidence = models.URLField("preuve", max_length=1000, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="answers", verbose_name="répond")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveSmallIntegerField("version", default=1)
    given_at = models.DateTimeField("donnée le")
    changed_at = models.DateTimeField("corrigée le")
    contributions = models.ManyToManyField(Contribution, through="Answered", related_name="answers")

    class Meta:
        verbose_name = "réponse"
        constraints = [
            UniqueConstraint(name="answer_has_its_number", fields=["process", "number"]),
            CheckConstraint(name="answer_says_why", condition=~Q(reasons="")),
            CheckConstraint(name="answer_has_a_fate", condition=Q(fate__in=[code for code, _ in FATES])),
        ]

    def __str__(self):
        return f"{self.process.slug}, réponse {self.number}"

    @property
    def key(self) -> str:
        """How the log names it inside its process's stream."""
        return f"reponse-{self.number}"


class AnswerVersion(models.Model):
    """What an answer said at one moment; from the second on, with why it was corrected."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("rang")
    fate = models.CharField("sort", max_length=10, choices=FATES)
    reasons = models.TextField("motifs")
    words = models.JSONField("mots adoptés", default=list, blank=True)
    evidence = models.URLField("preuve", max_length=1000, blank=True)
    because = models.TextField("pourquoi elle est corrigée", blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "version d'une réponse"
        constraints = [
            UniqueConstraint(name="answer_version_has_its_rank", fields=["answer", "number"]),
            CheckConstraint(name="answer_correction_says_why", condition=Q(number=1) | ~Q(because="")),
        ]

    def __str__(self):
        return f"{self.answer}, version {self.number}"


class Answered(models.Model):
    """An answer bears on a contribution; after a contest, a newer one may take its place."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="bearings")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="bearings")
    is_current = models.BooleanField("en vigueur", default=True)

    class Meta:
        verbose_name = "portée d'une réponse"
        constraints = [
            UniqueConstraint(name="answer_bears_once", fields=["answer", "contribution"]),
            UniqueConstraint(
                name="contribution_has_one_current_answer", fields=["contribution"], condition=Q(is_current=True)
            ),
        ]

    def __str__(self):
        return f"{self.answer} sur {self.contribution}"


class OwedCount(models.Model):
    """How many contributions share one history: the same body, step, due date, answer's instant and fate.

    Kept with the writes, under the debate's row (`counting`): pages sum a row a date and an answer, not people.
    An answer that is awaited has no fate yet; what is withdrawn or hidden awaits none.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField("due le", null=True, blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    fate = models.CharField("sort", max_length=10, choices=Contribution.Fate.choices, blank=True)
    received_at = models.DateTimeField("la première reçue le", null=True, blank=True)
    count = models.PositiveIntegerField("combien")

    class Meta:
        verbose_name = "compte de réponses dues"
        constraints = [
            CheckConstraint(name="owed_count_is_of_someone", condition=Q(count__gt=0)),
            CheckConstraint(
                name="owed_count_is_due_or_answered",
                condition=Q(due_at__isnull=False, answered_at=None, fate="")
                | (Q(answered_at__isnull=False) & ~Q(fate="")),
            ),
        ]

    def __str__(self):
        return f"{self.process.slug}, {self.fate or 'attendues'} : {self.count}"


class Contest(models.Model):
    """The author contests the answer, once; the body that answered owes a reply, by a date."""

    class State(models.TextChoices):
        OPEN = "open", "Contestée"
        UPHELD = "upheld", "Réponse maintenue"
        REVISED = "revised", "Nouvelle réponse"

    contribution = models.OneToOneField(Contribution, models.PROTECT, related_name="contest")
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="contests")
    author = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    because = models.TextField("motif", blank=True)  # emptied when the author's account is erased
    made_at = models.DateTimeField("contestée le")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="doit répondre")
    due_at = models.DateTimeField("réplique due le")
    state = models.CharField("état", max_length=10, choices=State, default=State.OPEN)
    reply = models.TextField("réplique", blank=True)
    new_answer = models.ForeignKey(Answer, models.PROTECT, null=True, blank=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField("réglée le", null=True, blank=True)

    class Meta:
        verbose_name = "contestation"
        constraints = [
            CheckConstraint(
                name="contest_is_open_or_settled",
                condition=Q(state="open", settled_at=None, new_answer=None, reply="")
                | (Q(state="upheld", settled_at__isnull=False, new_answer=None) & ~Q(reply=""))
                | Q(state="revised", settled_at__isnull=False, new_answer__isnull=False),
            ),
        ]

    def __str__(self):
        return f"contestation de {self.contribution}"


class Follow(models.Model):
    """An account wants to be told what becomes of a debate, or of one contribution."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="follows")
    process = models.ForeignKey(Process, models.CASCADE, related_name="follows")
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, blank=True, related_name="follows")
    since = models.DateTimeField("depuis le")

    class Meta:
        verbose_name = "suivi"
        constraints = [
            UniqueConstraint(
                name="process_is_followed_once", fields=["actor", "process"], condition=Q(contribution=None)
            ),
            UniqueConstraint(
                name="contribution_is_followed_once",
                fields=["actor", "contribution"],
                condition=Q(contribution__isnull=False),
            ),
        ]

    def __str__(self):
        return f"suivi de {self.contribution or self.process}"


class Notice(models.Model):
    """Something to tell by e-mail: one row an event, whoever it is told to. `reached` lets a killed sending go on."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="+")
    contributions = models.ManyToManyField(Contribution, related_name="+")
    accounts = models.ManyToManyField(Actor, related_name="+", verbose_name="à ces seuls comptes")
    is_for_authors_only = models.BooleanField("pour les seuls auteurs", default=False)
    subject = models.CharField("objet", max_length=300)
    text = models.TextField("texte")
    path = models.CharField("page", max_length=500)
    made_at = models.DateTimeField("écrit le")
    reached = models.BigIntegerField("dernier compte servi", default=0)
    sent = models.PositiveIntegerField("messages envoyés", default=0)
    refused = models.PositiveIntegerField("messages refusés par leur boîte", default=0)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)

    class Meta:
        verbose_name = "avis à envoyer"
        indexes = [Index(F("id"), name="notice_to_send", condition=Q(sent_at=None))]

    def __str__(self):
        return self.subject

    @property
    def key(self) -> str:
        """How the log names it inside its process's stream."""
        return f"avis-{self.pk}"
