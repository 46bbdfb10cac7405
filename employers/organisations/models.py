"""Who may act: organisations, users, machine clients, roles and mandates."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.organisations import rights, size
from employers.organisations.sectors import SECTORS
from employers.records.fields import SealedTextField


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)

    def create_user(self, username: str | None = None, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str, **fields: Any) -> "User":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in: staff by user name, people of employers by identification.

    An identity code is never a user name. Machine clients are not users.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("user name"), max_length=150, unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="fi")
    identity_code = SealedTextField(null=True)
    identity_index = models.BinaryField(max_length=32, unique=True, null=True, editable=False)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.username or str(self.pk)


class Organisation(models.Model):
    """An employer, a payroll firm or the agency itself."""

    class Kind(models.TextChoices):
        EMPLOYER = "employer", _("employer")
        PAYROLL_FIRM = "payroll_firm", _("payroll firm")
        AGENCY = "agency", _("agency")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    business_id = models.CharField(_("Business ID"), max_length=9, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.EMPLOYER)
    employees = models.PositiveIntegerField(_("employees, as declared"), default=0)
    language = models.CharField(_("language"), max_length=2, default="fi")
    iban = models.CharField(_("bank account"), max_length=34, blank=True)
    electronic_decisions = models.BooleanField(_("consent to electronic decisions"), default=False)
    register_access = models.BooleanField(_("Incomes Register may be read"), default=False)
    iban_changed_at = models.DateTimeField(_("bank account changed at"), null=True)
    sector = models.CharField(_("sector"), max_length=1, choices=[*SECTORS.items()], null=True, blank=True)  # noqa: DJ001  nobody has said

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return f"{self.name} ({self.business_id})"

    @property
    def size_class(self) -> str:
        return size.size_class(self.employees)

    @property
    def missing(self) -> list[str]:
        """What is missing before a claim can be paid, besides the caller's own right."""
        checks = {
            "bank_account": self.iban,
            "consent": self.electronic_decisions,
            "register_access": self.register_access,
        }
        return [name for name, there in checks.items() if not there]


class Source(models.TextChoices):
    """Who says so. What Suomi.fi says counts for a while only, see `access.LEASE`."""

    PORTAL = "portal", _("this portal")
    SUOMI_FI = "suomi_fi", _("Suomi.fi e-Authorizations")
    REGISTER = "register", _("a public register")


class RegisterRole(models.Model):
    """An office a public register knows of: its holder needs no mandate."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="register_roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="register_roles")
    role = models.CharField(max_length=32, choices=[(role, role) for role in rights.REGISTER_ROLES])
    source = models.CharField(_("source"), max_length=8, choices=Source.choices, default=Source.REGISTER)
    checked_at = models.DateTimeField(_("checked at"), null=True)  # by the database's clock; null: not in this session

    class Meta:
        verbose_name = _("register role")
        verbose_name_plural = _("register roles")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="register_role_once"),
        ]

    def __str__(self) -> str:
        return self.role


class Mandate(models.Model):
    """An employer's word that a person or a firm may act for it, with these rights, in this time.

    For a firm it takes the firm's word too, which of its people may: a Representation.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    principal = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mandates_given")
    agent_organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="mandates_held"
    )
    agent_user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="mandates_held")
    rights = ArrayField(models.CharField(max_length=32))
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)  # the last day
    source = models.CharField(_("source"), max_length=8, choices=Source.choices, default=Source.PORTAL)
    checked_at = models.DateTimeField(_("checked at"), null=True)  # by the database's clock; null: not in this session
    may_grant = models.BooleanField(_("may give rights to others"), default=False)
    agent_name = models.CharField(_("name, as the giver wrote it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(
                name="mandate_has_one_agent",
                condition=Q(agent_organisation__isnull=True, agent_user__isnull=False)
                | Q(agent_organisation__isnull=False, agent_user__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}\u2013{self.valid_until or ''}"


class ClientSystem(models.Model):
    """A machine client: one OAuth application, of one organisation, with its scopes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.OneToOneField(
        "oauth2_provider.Application", on_delete=models.CASCADE, related_name="client_system"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="client_systems")
    name = models.CharField(max_length=100)
    scopes = ArrayField(models.CharField(max_length=32))
    # Null: as the settings say.
    reads_per_second = models.PositiveIntegerField(_("reads a second"), null=True, blank=True)
    writes_per_second = models.PositiveIntegerField(_("writes a second"), null=True, blank=True)
    burst = models.PositiveIntegerField(_("calls at once"), null=True, blank=True)
    rate_limited = models.BooleanField(_("has rate limits"), default=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)  # from then on it is nobody's

    class Meta:
        verbose_name = _("machine client")
        verbose_name_plural = _("machine clients")

    def __str__(self) -> str:
        return self.name
