"""How an employer is reached, where its money goes, and what it has agreed to: each with who said so and when."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.organisations.models import Organisation, User
from employers.organisations.models_acting import ActedBy
from employers.records.fields import SealedTextField

CONFIRM_WITHIN = timedelta(days=7)


class Address(models.Model):
    """An e-mail address of an employer: one that several people read, or one person's own.

    Nothing but the request to confirm goes to an address before it is confirmed. A person's own address hears only of
    what its person may see on the day of sending.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="addresses")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="addresses")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2)
    opted_out = ArrayField(models.CharField(max_length=20), default=list)  # kinds of employers.notifications.letters
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", Lower("email"), condition=Q(removed_at__isnull=True), name="address_once"
            ),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """Enough to know one's own address by: `a•••@example.fi`."""
        name, _at, host = self.email.rpartition("@")
        return f"{name[:1]}\u2022\u2022\u2022@{host}"


class AccountChange(ActedBy):
    """A bank account that was given, and what became of it. The account itself is kept only while it waits.

    Who acted is who asked.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for confirmation")
        CONFIRMED = "confirmed", _("in use since")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="account_changes")
    iban = SealedTextField(null=True)
    last_four = models.CharField(max_length=4)
    status = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(status="waiting"), name="account_change_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_four} {self.status}"


class ConsentChange(models.Model):
    """Agreed or taken back, and by whom."""

    class What(models.TextChoices):
        ELECTRONIC_DECISIONS = "electronic_decisions", _("Decisions electronically")
        REGISTER_ACCESS = "register_access", _("Reading your data in the Incomes Register")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="consent_changes")
    what = models.CharField(max_length=20, choices=What.choices)
    given = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.what} {self.given}"
