"""Texts: their units, which keep their identity, and their versions, which are never edited, only succeeded."""

from django.db import models
from django.db.models import CheckConstraint, Count, OuterRef, Q, Subquery, UniqueConstraint

from parvis.core import analyzer
from parvis.core.texts import documents, relating


class TextQuerySet(models.QuerySet):
    """Reading texts."""

    def counted(self):
        """Add how many versions each text has, and the days of its first and last."""
        newest = Version.objects.filter(text=OuterRef("pk")).order_by("-number")
        return self.annotate(
            version_count=Count("versions"),
            last_slug=Subquery(newest.values("slug")[:1]),
            last_dated=Subquery(newest.values("dated")[:1]),
            last_title=Subquery(newest.values("title")[:1]),
        )


class Text(models.Model):
    """A document of addressable units: a bill, a code, a draft under consultation, a plan."""

    kind = models.SlugField("espèce", help_text="Une espèce de texte déclarée par une pièce.")
    slug = models.SlugField("identifiant", max_length=120, unique=True)
    title = models.TextField("titre")
    short_title = models.CharField("titre court", max_length=300, blank=True)
    metadata = models.JSONField("ce que la source en dit", default=dict, blank=True)
    source = models.CharField("source", max_length=500, blank=True)
    licence = models.CharField("licence", max_length=120, blank=True)
    is_fictitious = models.BooleanField("fictif", default=False)

    objects = TextQuerySet.as_manager()

    class Meta:
        verbose_name = "texte"

    def __str__(self):
        return self.short_title or self.title

    @property
    def stream(self) -> str:
        """The stream of the public log where this text's versions are sealed, and how a process names its subject."""
        return f"textes/{self.slug}"

    @property
    def newest(self) -> "Version":
        return self.versions.order_by("number").last()

    @property
    def is_code(self) -> bool:
        """Whether its source says which laws made its articles."""
        return self.units.filter(facts__has_key="changes").exists()

    def codified(self) -> relating.Codified:
        """Return the code as it is today, for what refers to it."""
        facts = dict(self.units.filter(facts__has_key="changes").values_list("uid", "facts"))
        return relating.codified(self.title, self.newest.document(), facts)

    def enacted(self) -> relating.Enacted:
        """Return the last words of a bill, for what they refer to."""
        return relating.enacted(self.newest.document(), self.metadata)


class UnitQuerySet(models.QuerySet):
    """Reading units."""

    def finding(self, asked):
        """Keep the units where every word asked is, by one of its lexemes (`analyzer.asked`): the first words."""
        found = self
        for alternatives in asked[: analyzer.MOST_WORDS]:
            found = found.filter(pk__in=UnitLexeme.objects.filter(word__in=alternatives).values("unit"))
        return found


class Unit(models.Model):
    """An article, a paragraph, an alinéa: the same one through all versions, whatever its number becomes."""

    text = models.ForeignKey(Text, models.PROTECT, related_name="units")
    uid = models.CharField("identifiant stable", max_length=120)
    number = models.CharField("dernier numéro", max_length=120, blank=True, help_text="Tenu à chaque publication.")
    heading = models.CharField("dernier intitulé", max_length=500, blank=True)
    facts = models.JSONField("ce que la source en dit", default=dict, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "unité"
        constraints = [UniqueConstraint(name="unit_is_known_once_in_its_text", fields=["text", "uid"])]

    def __str__(self):
        return f"{self.text.slug} {self.uid}"


class Version(models.Model):
    """A text at one moment. `parents` are the versions that it follows; `edits` says how it was made, where known."""

    text = models.ForeignKey(Text, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("rang", help_text="De 1 en 1 dans le texte.")
    slug = models.SlugField("identifiant", max_length=120)
    title = models.CharField("titre", max_length=300)
    step = models.JSONField("étape", default=dict, blank=True)
    dated = models.DateField("datée du", null=True, blank=True)
    author = models.CharField("auteur", max_length=300, blank=True, help_text="Une institution, jamais une personne.")
    basis = models.CharField("fondement", max_length=500, blank=True)
    parents = models.ManyToManyField("self", symmetrical=False, related_name="children", blank=True)
    edits = models.JSONField("modifications appliquées", default=list, blank=True)
    changes = models.JSONField(
        "ce que la version change",
        default=dict,
        blank=True,
        help_text="Par rapport à sa première version parente, calculé à la publication.",
    )
    sha256 = models.CharField("empreinte du texte entier", max_length=64)
    published_at = models.DateTimeField("publiée le")

    class Meta:
        verbose_name = "version d'un texte"
        constraints = [
            UniqueConstraint(name="version_has_its_rank", fields=["text", "number"]),
            UniqueConstraint(name="version_has_its_slug", fields=["text", "slug"]),
            CheckConstraint(name="version_counts_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        return f"{self.text.slug} {self.slug}"

    def document(self) -> documents.Document:
        """Return the whole text at this version, as it was published."""
        return documents.Document(tuple(passage.read() for passage in self.passages.readable().order_by("position")))


class Wording(models.Model):
    """Words, kept once by their fingerprint, whatever units and versions bear them."""

    sha256 = models.CharField("empreinte", max_length=64, unique=True)
    body = models.TextField("mots")

    class Meta:
        verbose_name = "rédaction"

    def __str__(self):
        return self.sha256[:12]


class PassageQuerySet(models.QuerySet):
    """Reading passages."""

    def readable(self):
        """Bring the words and the unit with each passage."""
        return self.select_related("unit", "wording")


class Passage(models.Model):
    """A unit in a version: its place, its number that day, its words."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="passages")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="passages")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="passages")
    position = models.PositiveIntegerField("place")
    kind = models.SlugField("espèce d'unité", default="article")
    number = models.CharField("numéro", max_length=120)
    heading = models.CharField("intitulé", max_length=500, blank=True)
    path = models.JSONField("divisions au-dessus", default=list, blank=True)
    status = models.CharField("état", max_length=40, blank=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = "passage"
        constraints = [
            UniqueConstraint(name="passage_is_once_in_its_version", fields=["version", "unit"]),
            UniqueConstraint(name="passage_has_its_place", fields=["version", "position"]),
        ]

    def __str__(self):
        return f"{self.version}, {self.number}"

    def read(self) -> documents.Passage:
        """Return the passage as a plain value."""
        return documents.Passage(
            self.unit.uid, self.number, self.wording.body, self.heading, tuple(self.path), self.kind, self.status
        )


class Reference(models.Model):
    """A link from a unit to a unit of another text, with what it was found by: never a guess without its reason."""

    class FoundBy(models.TextChoices):
        NUMBER = "number", "Numéro cité"
        LAW = "law", "Loi citée par le code"
        ORDINANCE = "ordinance", "Codification par ordonnance"
        WORDS = "words", "Mêmes mots"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="references", verbose_name="de")
    target = models.ForeignKey(Unit, models.PROTECT, related_name="referred_by", verbose_name="vers")
    found_by = models.CharField("trouvé par", max_length=12, choices=FoundBy)
    evidence = models.TextField("ce qui le montre")
    weight = models.PositiveIntegerField("poids", default=0, help_text="Pour le tri : des mots en commun, s'il y a.")

    class Meta:
        verbose_name = "renvoi"
        constraints = [UniqueConstraint(name="reference_is_made_once", fields=["unit", "target", "found_by"])]

    def __str__(self):
        return f"{self.unit} → {self.target}"


class UnitLexeme(models.Model):
    """A lexeme by which the newest words of a unit are found (the French analyzer's)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="lexemes")
    word = models.CharField("lexème", max_length=60)

    class Meta:
        verbose_name = "lexème d'un texte"
        constraints = [UniqueConstraint(name="unit_lexeme_is_kept_once", fields=["word", "unit"])]

    def __str__(self):
        return self.word
