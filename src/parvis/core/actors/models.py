"""Who acts: people with an account, the bodies they act for, and the mandates that let them."""

from datetime import date
from typing import ClassVar

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from parvis.core.actors.roles import ROLES, roles_for


class Actors(BaseUserManager):
    """Accounts, known by their e-mail. `actions.open_account` opens one; nothing else does."""


class Actor(AbstractUser):
    """A person with an account. The public sees `public_name` only, on acts that bear an author."""

    username = first_name = last_name = None
    email = models.EmailField("adresse électronique", unique=True, null=True)  # noqa: DJ001 -- unique, and absent once erased
    public_name = models.CharField("nom public", max_length=120)
    folded_name = models.CharField("nom public, tel qu'un œil le retient", max_length=240, unique=True, editable=False)
    confirmed_at = models.DateTimeField("adresse confirmée le", null=True, editable=False)
    erased_at = models.DateTimeField("effacé le", null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["public_name"]
    objects = Actors()

    class Meta:
        verbose_name = "acteur"
        constraints = [
            CheckConstraint(
                name="confirmed_account_has_an_address", condition=Q(confirmed_at=None) | Q(email__isnull=False)
            ),
            CheckConstraint(
                name="erased_account_keeps_nothing",
                condition=Q(erased_at=None) | Q(email=None, confirmed_at=None, is_active=False),
            ),
        ]

    def __str__(self):
        return self.public_name

    @property
    def is_confirmed(self) -> bool:
        """Whether someone answers at this account's address: only then may it contribute, support and vote."""
        return self.confirmed_at is not None

    @property
    def is_erased(self) -> bool:
        """Whether its person had it erased: what they published stays, signed « Compte effacé »."""
        return self.erased_at is not None

    def get_short_name(self):
        return self.public_name

    def get_full_name(self):
        return str(self)


class Session(AbstractBaseSession):
    """A person's open session; the account is a column, so that all of one's sessions can be closed at once."""

    account = models.BigIntegerField("compte", null=True, db_index=True)

    class Meta:
        verbose_name = "session"

    @classmethod
    def get_session_store_class(cls):
        return SessionStore


class SessionStore(DatabaseStore):
    """Django's own sessions in the database, in our table (settings.SESSION_ENGINE names this module)."""

    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        made = super().create_model_instance(data)
        made.account = data.get(SESSION_KEY)
        return made


class OrganisationQuerySet(models.QuerySet):
    """Reading organisations."""

    def existing(self, *, on: date):
        """Keep those that exist on a day; an unknown date refuses nothing."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=on)).filter(Q(ends_on=None) | Q(ends_on__gt=on))


class Organisation(models.Model):
    """A body that leads, answers or reviews. A ministry that changes its name is a new one that succeeds the old."""

    slug = models.SlugField("identifiant", max_length=150, unique=True)
    name = models.CharField("nom", max_length=300)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    starts_on = models.DateField("existe depuis", null=True, blank=True)
    ends_on = models.DateField("jusqu'au (exclu)", null=True, blank=True)
    succeeds = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="succède à"
    )
    source = models.CharField("source", max_length=300, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        constraints = [
            CheckConstraint(name="organisation_starts_before_it_ends", condition=Q(starts_on__lt=F("ends_on"))),
            CheckConstraint(
                name="organisation_siren_has_nine_digits", condition=Q(siren="") | Q(siren__regex=r"^[0-9]{9}$")
            ),
            CheckConstraint(name="organisation_does_not_succeed_itself", condition=~Q(succeeds=F("id"))),
        ]

    def __str__(self):
        return self.name


class DatedQuerySet(models.QuerySet):
    """Reading what holds between two days, the second excluded."""

    def valid(self, *, on: date):
        return self.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gt=on))


class MandateQuerySet(DatedQuerySet):
    """Reading mandates."""

    def opening(self, act: str):
        """Keep the mandates whose role opens an act."""
        return self.filter(role__in=roles_for(act))


class Mandate(models.Model):
    """The right to act in a role, for a body, between two days (the second excluded)."""

    actor = models.ForeignKey(Actor, models.PROTECT, related_name="mandates", verbose_name="acteur")
    role = models.SlugField("rôle", help_text="Un rôle déclaré : équipe (steward), porteur (lead)…")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mandates", verbose_name="organisation"
    )
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu'au (exclu)", null=True, blank=True)
    granted_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="granted", verbose_name="donné en vertu de"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        constraints = [
            CheckConstraint(name="mandate_starts_before_it_ends", condition=Q(starts_on__lt=F("ends_on"))),
            UniqueConstraint(name="mandate_is_given_once", fields=["actor", "role", "organisation", "starts_on"]),
        ]

    def __str__(self):
        return f"{self.actor}, {self.title} pour {self.organisation}"

    @property
    def title(self) -> str:
        """The role in French; its slug where no room declares it any more."""
        role = ROLES.filled().get(self.role)
        return role.title if role else self.role

    def is_valid(self, *, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)

    def opens(self, act: str) -> bool:
        return self.role in roles_for(act)
