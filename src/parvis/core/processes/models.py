"""Processes, their phases, and what people contribute in them."""

from collections.abc import Collection

from django.db import models
from django.db.models import CheckConstraint, Exists, F, Index, OuterRef, Q, UniqueConstraint
from django.db.models.expressions import RawSQL

from parvis.core import analyzer
from parvis.core.actors.leaving import TOMBSTONE
from parvis.core.actors.models import Actor, Mandate, Organisation
from parvis.core.processes.acts import CONTRIBUTE, Timetable, Window
from parvis.core.processes.kinds import Field, question, unasked
from parvis.core.processes.listing.models import segments
from parvis.core.processes.procedures import procedure_named
from parvis.core.processes.voting.ballots import Mode


class ProcessQuerySet(models.QuerySet):
    """Reading debates. A draft is seen by those who may open one, and by nobody else."""

    def published(self):
        return self.filter(is_published=True)

    def held(self, *, when: str, at):
        """Keep the debates to come, open, or closed at that instant; those without dates are closed."""
        coming, closed = Q(opens_at__gt=at), Q(closes_at__lte=at) | Q(closes_at=None)
        match when:
            case "a-venir":
                return self.filter(coming)
            case "ouverts":
                return self.exclude(coming).exclude(closed)
            case _:
                return self.filter(closed)


class Process(models.Model):
    """A debate: held by a body, under a declared procedure, about a text or about itself.

    An archive was held elsewhere: its totals are its source's, and it opens no act.
    """

    slug = models.SlugField("identifiant", max_length=120, unique=True)
    procedure = models.SlugField("procédure")
    title = models.CharField("titre", max_length=300)
    summary = models.TextField("de quoi il s'agit")
    subject = models.CharField("porte sur", max_length=200, blank=True, help_text="« textes/<identifiant> », ou rien.")
    subject_version = models.SlugField("version mise en débat", max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="processes", verbose_name="tenu par")
    metadata = models.JSONField("fiche DebatesCore", default=dict, blank=True)
    is_published = models.BooleanField("publié", default=False)
    is_archive = models.BooleanField("archive", default=False)
    is_fictitious = models.BooleanField("fictif", default=False)
    source = models.CharField("source de l'archive", max_length=500, blank=True)
    licence = models.CharField("licence", max_length=120, blank=True)
    opened_by = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("créé le")
    opens_at = models.DateTimeField("ouvre le", null=True, blank=True, help_text="La première de ses phases.")
    closes_at = models.DateTimeField("ferme le (exclu)", null=True, blank=True, help_text="La dernière.")
    dates_changed_at = models.DateTimeField("dates changées le", null=True, blank=True)
    dates_changed_because = models.TextField("pourquoi les dates ont changé", blank=True)
    received = models.PositiveIntegerField("contributions reçues", default=0, help_text="Le dernier numéro donné.")
    words = models.TextField("lexèmes", blank=True, help_text="Par lesquels le débat est trouvé, entre espaces.")

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = "débat"
        constraints = [
            CheckConstraint(name="process_archive_names_its_source", condition=Q(is_archive=False) | ~Q(source="")),
            CheckConstraint(name="process_opens_before_it_closes", condition=Q(opens_at__lt=F("closes_at"))),
            CheckConstraint(
                name="process_dates_change_with_a_reason",
                condition=Q(dates_changed_at=None, dates_changed_because="")
                | (Q(dates_changed_at__isnull=False) & ~Q(dates_changed_because="")),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def stream(self) -> str:
        """The stream of the public log where this process is sealed."""
        return f"debats/{self.slug}"

    @property
    def vote_mode(self) -> str:
        """How the votes and supports of its contributions are counted: chosen when it was drafted, for ever."""
        return self.metadata.get("vote_mode", Mode.PUBLIC)

    @property
    def questions(self) -> tuple[Field, ...]:
        """What its survey asks."""
        return tuple(question(one) for one in self.metadata.get("questions", []))

    def timetable(self) -> Timetable:
        """Return what `acts.may` asks: the phases in order, with the acts that the procedure's steps open here."""
        shut = {f"{CONTRIBUTE}{kind}" for kind in unasked(self.metadata)}
        phases = sorted(self.phases.all(), key=lambda one: one.position)
        windows = [phase.window(self.procedure, shut) for phase in phases]
        return Timetable(self.title, windows, is_published=self.is_published, is_archive=self.is_archive)


class Phase(models.Model):
    """A step of a process, between two instants, the second excluded. Only the open phase opens acts."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="phases")
    step = models.SlugField("étape de la procédure")
    title = models.CharField("titre", max_length=200)
    position = models.PositiveSmallIntegerField("rang")
    opens_at = models.DateTimeField("ouvre le")
    closes_at = models.DateTimeField("ferme le (exclu)")
    answered_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="répond"
    )

    class Meta:
        verbose_name = "phase"
        constraints = [
            UniqueConstraint(name="phase_has_its_rank", fields=["process", "position"]),
            CheckConstraint(name="phase_opens_before_it_closes", condition=Q(opens_at__lt=F("closes_at"))),
        ]

    def __str__(self):
        return self.title

    def window(self, procedure: str, shut: Collection[str]) -> Window:
        """Return the phase as acts see it, less those that its debate has no use for."""
        step = procedure_named(procedure).step(self.step)
        return Window(self.step, self.title, self.opens_at, self.closes_at, step.acts.difference(shut))


FEW = 2_000
"""Contributions that hold a word: below, they are looked up; above, the list is walked until a page is full."""


class ContributionQuerySet(models.QuerySet):
    """Reading contributions."""

    def live(self):
        """Keep those that say something: neither withdrawn nor hidden."""
        return self.filter(state="published")

    def saying(self, process, text):
        """Keep the contributions of a process that hold every word asked, in French's forms of it."""
        words = analyzer.asked(text)[: analyzer.MOST_WORDS]
        if not words:
            return self
        counts = [self._holding(process, word)[: FEW + 1].count() for word in words]
        rarest = counts.index(min(counts))
        is_common = counts[rarest] > FEW
        found = self if is_common else self.filter(pk__in=self._holding(process, words[rarest]).values("contribution"))
        for rank, word in enumerate(words):
            if rank != rarest or is_common:
                found = found.filter(Exists(self._holding(process, word).filter(contribution=OuterRef("pk"))))
        return found

    def _holding(self, process, word):
        return Lexeme.objects.filter(process=process, word__in=word)

    def page(self, order, *, beginning, cursor, size):
        """Return one page of the list, and whether more follows in the direction walked (keyset: no offset)."""
        found = []
        for segment in segments(order, beginning, cursor):
            found += segment.of(self)[: size + 1 - len(found)]
            if len(found) > size:
                break
        more, found = len(found) > size, found[:size]
        return (found[::-1] if cursor and cursor.is_backwards else found), more

    def heads(self, process, unit, kinds, *, beginning, size):
        """Return the first contributions of each kind on a unit, in the rotating order.

        Each kind is walked by its index from the day's beginning: nothing is sorted, however many there are.
        """
        one_kind = (
            "SELECT id FROM (SELECT id FROM processes_contribution WHERE process_id = %s AND unit = %s AND kind = %s"
            " AND state = 'published' AND parent_id IS NULL AND draw {} %s ORDER BY draw LIMIT %s) AS heads"
        )
        given = [value for kind in kinds for _ in BOUNDS for value in (process.pk, unit, kind, beginning, size)]
        every = " UNION ALL ".join(one_kind.format(bound) for _ in kinds for bound in BOUNDS)
        rows = self.filter(pk__in=RawSQL(every, given)).order_by("draw", "number")  # noqa: S611 -- values are parameters
        return sorted(rows, key=lambda one: (one["draw"] < beginning, one["draw"], one["number"]))

    def told(self):
        """Read contributions as lists tell them: plain rows, the author's public name, the parent's number."""
        return self.values(*TOLD, public_name=F("author__public_name"), about=F("parent__number"))


BOUNDS = (">=", "<")
"""The rotating order goes round: from the day's beginning on, then up to it."""

TOLD = (
    "pk", "number", "kind", "title", "excerpt", "side", "author_name", "received_at", "state", "unit", "draw",
    "supports", "votes_for", "votes_mixed", "votes_against", "replies", "fate", "due_at", "answered_at",
)  # fmt: skip
"""The columns that a card shows."""


class Contribution(models.Model):
    """What a person says in a process, on the whole, on a unit of its text, or on another contribution.

    Its fields are in its last `Edition`; counters are kept with the write. Nothing vanishes: it is withdrawn by its
    author, or hidden by a moderation that gives its reasons.
    """

    class State(models.TextChoices):
        PUBLISHED = "published", "Publiée"
        WITHDRAWN = "withdrawn", "Retirée"
        HIDDEN = "hidden", "Masquée"

    class Fate(models.TextChoices):
        NONE = "", "Sans réponse"
        ADOPTED = "adopted", "Adoptée"
        PARTLY = "partly", "Adoptée en partie"
        REJECTED = "rejected", "Non retenue"
        NOTED = "noted", "Notée"

    process = models.ForeignKey(Process, models.PROTECT, related_name="contributions", db_index=False)
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="contributions")
    number = models.PositiveIntegerField("numéro", help_text="De 1 en 1 dans le débat : son nom public.")
    kind = models.SlugField("espèce", db_index=False)
    title = models.CharField("titre", max_length=300, blank=True)
    excerpt = models.CharField("premiers mots", max_length=300, blank=True)
    side = models.CharField("côté", max_length=10, blank=True, help_text="for, mixed, against, ou rien.")
    edition = models.PositiveSmallIntegerField("dernière rédaction", default=1)
    draw = models.PositiveBigIntegerField("rang tiré", help_text="De l'ordre tournant : SHA-256 de « débat/numéro ».")
    once = models.CharField("une par personne", max_length=250, blank=True, help_text="Sur quoi elle est la seule.")
    # Its index is a partial one, below: on the roots, which are most, a whole one would make planners sort them.
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", db_index=False)
    unit = models.CharField("unité du texte", max_length=120, blank=True)
    unit_version = models.SlugField("version lue", max_length=120, blank=True, db_index=False)
    anchor = models.JSONField("ancre", null=True, blank=True, help_text="Mots cités et leur contexte.")
    author = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="contributions")
    author_name = models.CharField("auteur dans l'archive", max_length=120, blank=True)
    state = models.CharField("état", max_length=12, choices=State, default=State.PUBLISHED)
    withdrawn_because = models.TextField("motif du retrait", blank=True)
    received_at = models.DateTimeField("reçue le", null=True, blank=True, help_text="Vide : sa source ne le dit pas.")
    changed_at = models.DateTimeField("changée le", null=True, blank=True)
    idempotency_key = models.CharField(max_length=64, blank=True)

    supports = models.PositiveIntegerField("soutiens", default=0)
    votes_for = models.PositiveIntegerField("pour", default=0)
    votes_mixed = models.PositiveIntegerField("mitigé", default=0)
    votes_against = models.PositiveIntegerField("contre", default=0)
    replies = models.PositiveIntegerField("contributions sur elle", default=0)

    fate = models.CharField("sort", max_length=10, choices=Fate, default=Fate.NONE, blank=True)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="owed_answers", verbose_name="doit répondre"
    )
    due_at = models.DateTimeField("réponse due le", null=True, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "contribution"
        constraints = [
            UniqueConstraint(name="contribution_has_its_number", fields=["process", "number"]),
            UniqueConstraint(
                name="contribution_is_received_once",
                fields=["author", "idempotency_key"],
                condition=~Q(idempotency_key=""),
            ),
            UniqueConstraint(
                name="contribution_is_one_a_person",
                fields=["process", "author", "once"],
                condition=~Q(once="") & Q(author__isnull=False),
            ),
            CheckConstraint(
                name="contribution_withdrawn_says_why",
                condition=(Q(state="withdrawn") & ~Q(withdrawn_because=""))
                | (~Q(state="withdrawn") & Q(withdrawn_because="")),
            ),
            # What is received here has an instant; only what a source brought, which no account signs and to which no
            # answer is owed, may lack one.
            CheckConstraint(
                name="contribution_undated_comes_from_a_source",
                condition=Q(received_at__isnull=False, changed_at__isnull=False)
                | Q(received_at=None, author=None, idempotency_key="", due_at=None),
            ),
            CheckConstraint(name="contribution_due_has_an_owner", condition=Q(due_at=None) | Q(owner__isnull=False)),
            CheckConstraint(
                name="contribution_has_a_fate_once_answered",
                condition=Q(answered_at=None, fate="") | (Q(answered_at__isnull=False) & ~Q(fate="")),
            ),
        ]
        indexes = [
            Index(name="contribution_by_unit", fields=["process", "unit", "kind", "number"]),
            Index(name="contribution_by_kind", fields=["process", "kind", "number"]),
            Index(name="contribution_by_draw", fields=["process", "draw", "number"]),
            Index(name="contribution_by_kind_and_draw", fields=["process", "kind", "draw", "number"]),
            Index(name="contribution_by_unit_and_draw", fields=["process", "unit", "draw", "number"]),
            Index(name="contribution_on_unit_by_draw", fields=["process", "unit", "kind", "draw"]),
            Index(name="contribution_by_parent", fields=["parent", "draw"], condition=Q(parent__isnull=False)),
            Index(F("process"), (F("supports") + F("votes_for")).desc(), F("number"), name="contribution_by_support"),
            Index(name="contribution_by_due", fields=["owner", "answered_at", "due_at"]),
            Index(
                name="contribution_quoting", fields=["process", "unit", "number"], condition=Q(anchor__isnull=False)
            ),
            # The figures per authority, in one ordered walk.
            Index(
                name="contribution_by_history",
                fields=["owner", "phase", "due_at", "answered_at", "state", "received_at"],
                condition=Q(due_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.process.slug} n° {self.number}"

    @property
    def key(self) -> str:
        """How the log names it inside its process's stream."""
        return f"contribution-{self.number}"

    @property
    def signature(self) -> str:
        """Who signs it, as the public sees it."""
        return signature(self.author and self.author.public_name, self.author_name, self.process)


def signature(public_name: str | None, author_name: str, process: Process) -> str:
    """Say who signs a contribution: an account, whoever its source names, or that nobody is known any more."""
    nobody = "auteur non donné par la source" if process.is_archive else TOMBSTONE
    return public_name or author_name or nobody


class Edition(models.Model):
    """What a contribution said at one moment: an edit is a new edition, the former ones stay."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("rang")
    fields = models.JSONField("champs", help_text="Selon l'espèce.")
    made_at = models.DateTimeField("écrite le", null=True, blank=True, help_text="Vide : sa source ne le dit pas.")

    class Meta:
        verbose_name = "rédaction d'une contribution"
        constraints = [
            UniqueConstraint(name="edition_has_its_rank", fields=["contribution", "number"]),
            CheckConstraint(name="edition_undated_is_the_first", condition=Q(made_at__isnull=False) | Q(number=1)),
        ]

    def __str__(self):
        return f"{self.contribution}, rédaction {self.number}"


class UnitCount(models.Model):
    """How many published contributions of a kind and a side bear on a unit: kept with the write.

    `label` is the unit's number as its contributors read it: lists show it without opening the text.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="counts")
    unit = models.CharField("unité du texte", max_length=120, blank=True)
    kind = models.SlugField("espèce")
    label = models.CharField("numéro de l'unité", max_length=120, blank=True)
    side = models.CharField("côté", max_length=10, blank=True)
    count = models.PositiveIntegerField("combien", default=0)

    class Meta:
        verbose_name = "compte par unité"
        constraints = [UniqueConstraint(name="unit_count_is_kept_once", fields=["process", "unit", "kind", "side"])]

    def __str__(self):
        return f"{self.process.slug} {self.unit} {self.kind} {self.side} : {self.count}"


class Lexeme(models.Model):
    """A lexeme by which a contribution is found (the French analyzer's)."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="+")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="lexemes")
    word = models.CharField("lexème", max_length=60)

    class Meta:
        verbose_name = "lexème"
        constraints = [UniqueConstraint(name="lexeme_is_kept_once", fields=["process", "word", "contribution"])]

    def __str__(self):
        return self.word
