"""Polls and ballots. A ballot bears no account: only a name that its voter has in this poll and in no other."""

from collections import Counter

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from parvis.core.ledger.models import Entry
from parvis.core.processes.models import Contribution, Process
from parvis.core.processes.voting.ballots import FORMS, KEY_DAYS, MODES, Form, Mode

FORM_TITLES = [(str(form), title) for form, title in FORMS.items()]
MODE_TITLES = [(str(mode), promise.title) for mode, promise in MODES.items()]


class PollQuerySet(models.QuerySet):
    """Polls."""

    def to_tally(self) -> "PollQuerySet":
        """Return those that are closed and not counted for good, where the ballots are here."""
        return self.filter(closed_at__isnull=False, tally=None).exclude(mode=Mode.OUTSIDE)


class Poll(models.Model):
    """A question put to the vote, on a contribution or by itself.

    Its mode, question and options never change: a trigger of the database refuses it (migration 0002).
    """

    slug = models.SlugField("identifiant", max_length=160, unique=True)
    process = models.ForeignKey(Process, models.PROTECT, related_name="polls", verbose_name="débat")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, blank=True, related_name="polls")
    form = models.CharField(
        "ce qui se choisit", max_length=10, choices=[(str(form), title) for form, title in FORMS.items()]
    )
    mode = models.CharField("mode", max_length=10, choices=[(str(mode), MODES[mode].title) for mode in MODES])
    question = models.CharField("question", max_length=500)
    options = models.JSONField("options", help_text="[identifiant, mots] de chaque option, dans l'ordre.")
    opens_at = models.DateTimeField("ouvre le", null=True, blank=True)
    closes_at = models.DateTimeField("ferme le (exclu)", null=True, blank=True)
    counts = models.JSONField("voix par option")
    ballots = models.PositiveIntegerField("bulletins", default=0)
    key = models.BinaryField("clé", null=True)
    key_days = models.PositiveSmallIntegerField("jours de garde de la clé", default=KEY_DAYS)
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    key_destroyed_at = models.DateTimeField("clé détruite le", null=True, blank=True)
    tally = models.OneToOneField(
        Entry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="décompte"
    )

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = "vote"
        constraints = [
            UniqueConstraint(name="poll_is_one_of_its_form", fields=["contribution", "form"]),
            CheckConstraint(name="poll_mode_is_known", condition=Q(mode__in=[mode for mode, _ in MODE_TITLES])),
            CheckConstraint(name="poll_form_is_known", condition=Q(form__in=[form for form, _ in FORM_TITLES])),
            CheckConstraint(name="poll_opens_before_it_closes", condition=Q(opens_at__lt=F("closes_at"))),
            CheckConstraint(
                name="poll_key_is_there_or_destroyed",
                condition=Q(key__isnull=False, key_destroyed_at=None) | Q(key=None, key_destroyed_at__isnull=False),
            ),
            CheckConstraint(
                name="poll_key_outlives_the_closing", condition=Q(key_destroyed_at=None) | Q(closed_at__isnull=False)
            ),
            CheckConstraint(name="poll_is_tallied_once_closed", condition=Q(tally=None) | Q(closed_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.slug} : {self.question}"

    @property
    def stream(self) -> str:
        """The stream of the public log where this poll and its ballots are sealed."""
        return f"votes/{self.slug}"

    @property
    def choices(self) -> dict[str, str]:
        """The words of each option, by its slug, in their order."""
        return dict(self.options)

    @property
    def shows_counts(self) -> bool:
        """Whether the counts by option are public: those of a poll counted in secret are, once it is closed."""
        return self.mode != Mode.SECRET or self.closed_at is not None

    def counted(self) -> tuple[int, dict[str, int]]:
        """Count the ballots themselves, whatever the counters say: how many, and the votes for each option."""
        found = Ballot.objects.filter(poll=self).values_list("choice").annotate(times=models.Count("pk"))
        times, counts = dict(found), Counter(dict.fromkeys(self.choices, 0))
        for choice, count in times.items():
            counts.update(dict.fromkeys(choice.split(","), count))
        return sum(times.values()), dict(counts)

    @property
    def act(self) -> str:
        """The act that a phase must open for one to vote here."""
        return "support" if self.form == Form.SUPPORT else "vote"


class Ballot(models.Model):
    """One voice. No serial number: the order of ballots would tell who came when."""

    receipt = models.CharField("reçu", max_length=32, primary_key=True)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="+", verbose_name="vote")
    nullifier = models.CharField("nom du votant dans ce vote", max_length=64)
    choice = models.CharField("choix", max_length=500)
    attempt = models.CharField("envoi", max_length=64, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="ballot", verbose_name="entrée du journal")

    class Meta:
        verbose_name = "bulletin"
        # The name first: a person's ballots are found in all polls by their names (api.py), through the same index.
        constraints = [UniqueConstraint(name="one_person_one_voice", fields=["nullifier", "poll"])]

    def __str__(self):
        return f"{self.poll.slug}, {self.receipt}"
